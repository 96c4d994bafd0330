"""A reader's own words, and those that he excludes."""

from comtoise.i18n import _, ngettext
from comtoise.model import Subscription
from comtoise.text.typography import shorten
from comtoise_bot.callbacks import brief
from comtoise_bot.message import Block, Line, Message, Row, Span, block, line, one_line
from comtoise_bot.own_words import DAYS, WORDS_MAX, Preview
from comtoise_bot.screens.parts import WORDS, button, title
from comtoise_bot.words import say


def own(wanted: Subscription) -> Message:
    """/mots: what there is, each with its way out, and how to add."""
    lines: list[Line] = []
    for label, words in ((_("Je guette : "), wanted.words), (_("J’écarte : "), wanted.exclusions)):
        for place, word in enumerate(sorted(words)):
            lines.append(line(say(label) if place == 0 else "  ", Span(word, "code")))
    told = Block(tuple(lines)) if lines else block(say(_("Vous n’avez pas encore de mot à vous.")))
    rows: tuple[Row, ...] = tuple(
        (button(say(_("Retirer « {word} »"), word=shorten(word, 30)), WORDS, "del", brief(word)),)
        for word in (*sorted(wanted.words), *sorted(wanted.exclusions))
    )
    return Message(
        blocks=(
            title(say(_("Vos mots"))),
            told,
            block(
                line(say(_("Pour en ajouter un : ")), Span("/mots décolletage", "code")),
                line(say(_("Pour en écarter un : ")), Span("/mots sans football", "code")),
                say(
                    _(
                        "Plusieurs mots qui se suivent, un début de mot (micro*), NON et PROCHE sont compris. Je "
                        "montre d’abord ce que le mot aurait trouvé."
                    )
                ),
            ),
        ),
        rows=rows,
    )


def preview(given: Preview, wanted: Subscription, *, excluding: bool) -> Message:
    """What a word would have found, before it is kept."""
    head = line(say(_("Écarter ")) if excluding else say(_("Guetter ")), Span(given.word, "code"))
    if excluding:
        told = ngettext(
            "Ce mot aurait écarté {count} nouvelle ces {days} jours.",
            "Ce mot aurait écarté {count} nouvelles ces {days} jours.",
            given.stories,
        )
    else:
        told = ngettext(
            "Ce mot aurait trouvé {count} nouvelle ces {days} jours.",
            "Ce mot aurait trouvé {count} nouvelles ces {days} jours.",
            given.stories,
        )
    blocks = [Block((head, line(say(told, count=given.stories, days=DAYS))))]
    if given.titles:
        blocks.append(Block(tuple(line(f"• {shorten(one_line(each), 120)}") for each in given.titles)))
    if not excluding and follows_everything(wanted):
        blocks.append(
            block(
                say(
                    _(
                        "Attention : vous suivez toutes les filières. Avec ce mot, vous ne recevrez plus que les "
                        "nouvelles où il se trouve. Pour le guetter en plus, choisissez d’abord vos filières : "
                        "/sujets"
                    )
                )
            )
        )
    other = say(_("Guetter plutôt")) if excluding else say(_("Écarter plutôt"))
    return Message(
        blocks=tuple(blocks),
        rows=(
            (
                button(say(_("Enregistrer")), WORDS, "not" if excluding else "add"),
                button(say(_("Annuler")), WORDS, "no"),
            ),
            (button(other, WORDS, "try-add" if excluding else "try-not"),),
        ),
    )


def follows_everything(wanted: Subscription) -> bool:
    """Whether a first word would narrow what is followed instead of widening it."""
    return not (wanted.sectors or wanted.clusters or wanted.signals or wanted.companies or wanted.words)


def too_many() -> Message:
    """No more room."""
    return Message(
        blocks=(
            block(
                say(_("Vous avez déjà {count} mots : retirez-en un d’abord, avec /mots."), count=WORDS_MAX)
            ),
        )
    )


def removed() -> str:
    """Toast after a word is taken out."""
    return say(_("Le mot est retiré."))
