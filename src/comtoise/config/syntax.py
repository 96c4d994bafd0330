"""The parser's complaints, in French, each with what to write."""

from comtoise.i18n import _


def in_french(context: str | None, problem: str | None) -> tuple[str, str]:
    """What is wrong and what to write, for the two sentences of a YAML error (ruamel.yaml's wording)."""
    said = f"{context or ''} / {problem or ''}"
    for words, message, remedy in _known():
        if all(word in said for word in words):
            return message, remedy
    return (
        _("la structure est illisible à cet endroit"),
        _("vérifiez le retrait, les deux-points et les guillemets de cette ligne et de la précédente"),
    )


def _known() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    quote = _('mettez le texte entre guillemets, par exemple : nom: "Texte : suite"')
    indent = _("alignez la ligne sur ses voisines : deux espaces par niveau")
    return (
        (
            ("mapping values are not allowed",),
            _("un deux-points est de trop, ou la ligne précédente n’est pas finie"),
            quote,
        ),
        (
            ("could not find expected ':'",),
            _("il manque un deux-points après une clé, un peu au-dessus"),
            _("écrivez « clé: valeur », avec une espace après le deux-points"),
        ),
        (
            ("escape sequence",),
            _("une barre oblique inverse « \\ » a un sens spécial entre guillemets droits"),
            _("mettez le texte entre apostrophes : 'texte'"),
        ),
        (
            ("quoted scalar",),
            _("un guillemet ouvert n’est pas fermé"),
            _("fermez le guillemet ; un guillemet à l’intérieur s’écrit « »"),
        ),
        (
            ("flow sequence",),
            _("une liste entre crochets n’est pas fermée, ou une virgule manque"),
            _("écrivez [un, deux, trois]"),
        ),
        (
            ("flow mapping",),
            _("une accolade n’est pas fermée, ou une virgule manque"),
            _("écrivez {de: 20:00, a: 07:30}"),
        ),
        (
            ("block mapping", "'<scalar>'"),
            _("du texte suit un guillemet fermé, ou un texte commence par « * »"),
            _('mettez tout le texte entre guillemets droits : "L\'essentiel"'),
        ),
        (
            ("block mapping", "']'"),
            _("un crochet fermant est de trop"),
            _("écrivez [un, deux, trois]"),
        ),
        (
            ("block mapping", "'}'"),
            _("une accolade fermante est de trop"),
            _("écrivez {de: 20:00, a: 07:30}"),
        ),
        (
            ("block mapping",),
            _("le retrait de cette ligne ne correspond à rien"),
            indent,
        ),
        (
            ("block collection",),
            _("cette ligne ne commence pas comme les autres de la liste"),
            _("commencez chaque ligne de la liste par « - », au même retrait"),
        ),
        (
            ("cannot start any token", "'\\t'"),
            _("une tabulation est mal placée"),
            _("remplacez-la par une espace ordinaire"),
        ),
        (
            ("cannot start any token",),
            _("un texte ne peut pas commencer par ce caractère"),
            quote,
        ),
        (
            ("expected alphabetic or numeric character",),
            _("« * » ou « & » au début d’un texte a un autre sens"),
            _('mettez le texte entre guillemets, par exemple : "*technique"'),
        ),
        (
            ("block scalar",),
            _("le bloc de texte commence mal"),
            _("laissez « | » seul en fin de ligne, puis le texte en retrait en dessous"),
        ),
        (
            ("sequence entries are not allowed",),
            _("un « - » n’est pas à sa place"),
            _("passez à la ligne après la clé, puis commencez chaque élément par « - »"),
        ),
    )
