"""How the texts of config.yaml become values, and what to write when they do not.

Every refusal carries its remedy: `refuse` raises it, `explain` gives it its line.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable
from datetime import time
from difflib import get_close_matches
from typing import Annotated, NoReturn, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.knowledge.load import places
from comtoise.text.clean import clean_url
from comtoise.text.fold import spaced
from comtoise.text.keywords import parse_keyword

TEXT_MAX = 2000
WORD_MAX = 100
Item = TypeVar("Item")


def refuse(message: str, remedy: str) -> NoReturn:
    """Say what is wrong with a value, and what to write."""
    raise PydanticCustomError("comtoise", "{message}", {"message": message, "remedy": remedy})


def closest(written: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name nearest to what was written, accents and case aside; None when none is near."""
    by_fold = {fold_key(name): name for name in known}
    near = get_close_matches(fold_key(written), by_fold, n=1, cutoff=cutoff)
    return by_fold[near[0]] if near else None


def fold_key(text: str) -> str:
    """A text reduced to its letters and digits, for comparing names."""
    return " ".join(spaced(text).split())


def did_you_mean(written: str, known: Iterable[str], otherwise: str) -> str:
    """« vouliez-vous dire `x` ? », or *otherwise*."""
    near = closest(written, known)
    return _("vouliez-vous dire `{near}` ?").format(near=near) if near else otherwise


def _text(value: str) -> str:
    value = value.strip()
    if not value:
        refuse(_("le texte est vide"), _("écrivez un texte, ou effacez la ligne"))
    if len(value) > TEXT_MAX:
        refuse(
            _("le texte est trop long ({n} caractères)").format(n=len(value)),
            _("restez sous {max} caractères ; un guillemet est peut-être mal fermé").format(max=TEXT_MAX),
        )
    return value


Text = Annotated[str, AfterValidator(_text)]


def _identifier(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 64:
        suggestion = "-".join(spaced(value).split())[:64] or "mon-identifiant"
        refuse(
            _("« {value} » ne peut pas servir d’identifiant").format(value=value),
            _("écrivez `{suggestion}` : minuscules sans accent, chiffres et traits d’union").format(
                suggestion=suggestion
            ),
        )
    return value


Identifier = Annotated[str, AfterValidator(_identifier)]


def _word(value: str) -> str:
    value = " ".join(value.split())
    if not any(char.isalnum() for char in value):
        refuse(
            _("« {value} » n’est pas un mot").format(value=value),
            _("écrivez un mot ou une expression, ou effacez-le"),
        )
    if len(value) > WORD_MAX:
        refuse(
            _("cette expression est trop longue pour être trouvée dans un article"),
            _("séparez les mots par des virgules : une expression fait {max} caractères au plus").format(
                max=WORD_MAX
            ),
        )
    if ";" in value:
        refuse(
            _("« {value} » contient un point-virgule").format(value=value),
            _("séparez les mots par des virgules"),
        )
    if re.search(r"[\\\[\]{}|^$<>]", value):
        refuse(
            _("« {value} » contient un signe de programmeur").format(value=value),
            _("écrivez les mots comme dans un article ; « * » en fin de mot remplace la suite"),
        )
    return value


Word = Annotated[str, AfterValidator(_word)]


def split_items(value: object) -> object:
    """A list as people write it: a YAML list, or a text where commas and line ends separate.

    In such a text a line that starts with « # » is a remark.
    """
    if value is None:
        return []
    if not isinstance(value, str):
        return value
    lines = (line for line in value.split("\n") if not line.lstrip().startswith("#"))
    return [item.strip() for line in lines for item in line.split(",") if item.strip()]


def _without_repeats(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))


Words = Annotated[tuple[Word, ...], BeforeValidator(split_items), AfterValidator(_without_repeats)]


def _keyword(value: str) -> str:
    """What articles are searched for must be readable now: a word left out later would be missed by nobody."""
    try:
        parse_keyword(value)
    except InputError as error:
        refuse(
            str(error).rstrip("."), _("écrivez par exemple micro*, laser PROCHE(5) usinage, moule NON frites")
        )
    return value


Keywords = Annotated[
    tuple[Annotated[Word, AfterValidator(_keyword)], ...],
    BeforeValidator(split_items),
    AfterValidator(_without_repeats),
]
Identifiers = Annotated[
    tuple[Identifier, ...], BeforeValidator(split_items), AfterValidator(_without_repeats)
]

_YES = {"oui", "vrai", "yes", "true", "on"}
_NO = {"non", "faux", "no", "false", "off"}


def _yes_no(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value.lower() in _YES:
        return True
    if value.lower() in _NO:
        return False
    return refuse(_("« {value} » n’est ni oui ni non").format(value=value), _("écrivez oui ou non"))


YesNo = Annotated[bool, BeforeValidator(_yes_no)]


def number(least: float, most: float, unit: str, *, whole: bool = True) -> BeforeValidator:
    """Read a number between two bounds, both allowed; a comma or a point for decimals."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        example = _("écrivez un nombre de {least} à {most} ({unit})").format(
            least=_bound(least), most=_bound(most), unit=unit
        )
        pattern = r"\d{1,12}" if whole else r"\d{1,12}([.,]\d{1,6})?"
        if not re.fullmatch(pattern, value, re.ASCII):
            kind = _("un nombre entier") if whole else _("un nombre")
            refuse(_("« {value} » n’est pas {kind}").format(value=value, kind=kind), example)
        found = float(value.replace(",", "."))
        if not least <= found <= most:
            refuse(_("{value} est hors des limites").format(value=value), example)
        return int(found) if whole else found

    return BeforeValidator(read)


def _bound(value: float) -> str:
    """« 0 », « 0,5 », « 1 000 000 »."""
    if value != int(value):
        return f"{value:g}".replace(".", ",")
    return f"{int(value):,}".replace(",", "\u202f") if value >= 1_000_000 else str(int(value))


_HOUR = re.compile(r"(\d{1,2})\s?[:hH]\s?(\d{2})", re.ASCII)


def _hour(value: object) -> object:
    if not isinstance(value, str):
        return value
    match = _HOUR.fullmatch(value)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        refuse(
            _("« {value} » n’est pas une heure").format(value=value),
            _("écrivez une heure de 00:00 à 23:59, par exemple 07:30"),
        )
    return time(int(match[1]), int(match[2]))


Hour = Annotated[time, BeforeValidator(_hour)]

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def _weekday(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value.lower() not in WEEKDAYS:
        refuse(
            _("« {value} » n’est pas un jour de la semaine").format(value=value),
            did_you_mean(value, WEEKDAYS, _("écrivez lundi, mardi… ou dimanche")),
        )
    return WEEKDAYS.index(value.lower())


Weekday = Annotated[int, BeforeValidator(_weekday)]  #: 0 is Monday


def _zone(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        refuse(
            _("« {value} » n’est pas un fuseau horaire").format(value=value),
            _("écrivez Europe/Paris, ou Europe/Zurich"),
        )


Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]


def choice(options: dict[str, Item]) -> BeforeValidator:
    """Read one word among a few."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        if value.lower() not in options:
            refuse(
                _("« {value} » n’est pas un choix possible").format(value=value),
                did_you_mean(value, options, _("écrivez l’un de : {names}").format(names=", ".join(options))),
            )
        return options[value.lower()]

    return BeforeValidator(read)


def _mail_address(value: str) -> str:
    if not re.fullmatch(r"[^@\s<>()\",;:\\]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}", value) or ".." in value:
        refuse(
            _("« {value} » n’est pas une adresse de courriel").format(value=value),
            _("écrivez par exemple veille@mon-domaine.fr, sans nom ni chevrons"),
        )
    return value


MailAddress = Annotated[str, AfterValidator(_mail_address)]


def _selector(value: str) -> str:
    """A DKIM selector: the name before « ._domainkey » (RFC 6376, 3.1), a part of a host name or several."""
    if len(value) > 63 or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*", value):
        name = re.split(r"[.\s]*_domainkey", value)[0]
        near = "-".join(spaced(name).split()) or "comtoise"
        refuse(
            _("« {value} » n’est pas un sélecteur DKIM").format(value=value),
            _("écrivez seulement le nom qui précède « ._domainkey », par exemple {near}").format(near=near),
        )
    return value


Selector = Annotated[str, AfterValidator(_selector)]


def _web_address(value: str) -> str:
    cleaned = clean_url(value)
    if cleaned is None or not re.fullmatch(r"https?://[^\s/{}<>\"]+\.?[^\s{}<>\"]*", value, re.IGNORECASE):
        refuse(
            _("« {value} » n’est pas une adresse de page").format(value=value),
            _("écrivez l’adresse entière, par exemple https://www.exemple.fr/feed/"),
        )
    return cleaned


WebAddress = Annotated[str, AfterValidator(_web_address)]


def _network(value: str) -> str:
    try:
        return str(ipaddress.ip_network(value))
    except ValueError:
        refuse(
            _("« {value} » n’est pas un réseau").format(value=value),
            _("écrivez par exemple 192.168.10.0/24, ou 127.0.0.0/8 pour cette machine"),
        )


Network = Annotated[str, AfterValidator(_network)]


def _listening(value: str) -> tuple[str, int] | None:
    """« 127.0.0.1:8080 », « [::1]:8080 », a port alone (this machine only), or « non »."""
    if fold_key(value) == "non":
        return None
    host, colon, port = value.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    valid = port.isascii() and port.isdecimal() and 1 <= int(port) <= 65535
    if not valid or (colon and not re.fullmatch(r"[0-9A-Za-z.:-]+", host)):
        refuse(
            _("« {value} » n’est pas une adresse où servir des pages").format(value=value),
            _("écrivez par exemple 127.0.0.1:8080, ou non"),
        )
    return host, int(port)


Listening = Annotated[tuple[str, int] | None, BeforeValidator(_listening)]


def _agent(value: str) -> str:
    if not re.match(r"[A-Za-z][A-Za-z0-9_-]*(/[0-9A-Za-z.]+)? ", value) or not re.search(
        r"@|https?://", value
    ):
        refuse(
            _("l’agent doit dire qui vous êtes aux sites visités"),
            _("écrivez : ComtoiseBot/1.0 (+https://votre-site.fr; contact@votre-site.fr)"),
        )
    if not value.isascii() or not value.isprintable():
        refuse(_("l’agent ne peut contenir ni accent ni signe spécial"), _("écrivez-le en lettres simples"))
    return value


Agent = Annotated[str, AfterValidator(_agent)]


def by_name_or_code(
    names: Callable[[], dict[str, str]], what: Callable[[], str], example: str
) -> Callable[[str], str]:
    """A validator that reads a name or a code of *names* (code to name) and gives the code."""

    def read(value: str) -> str:
        known = names()
        if value in known:
            return value
        codes = {fold_key(name): code for code, name in known.items()}
        if fold_key(value) in codes:
            return codes[fold_key(value)]
        if value.isdecimal() and value.zfill(2) in known:
            near: str | None = value.zfill(2)
        else:
            near = closest(value, known.values(), cutoff=0.7)
        if re.search(r";| et |/", value):
            refuse(what().format(value=value), _("séparez les noms par des virgules : [Doubs, Jura]"))
        refuse(
            what().format(value=value),
            _("vouliez-vous dire `{near}` ?").format(near=near)
            if near
            else _("écrivez son nom ou son numéro, par exemple {example}").format(example=example),
        )

    return read


def regions() -> dict[str, str]:
    """Code to name."""
    return {region.code: region.name for region in places().regions}


def departements() -> dict[str, str]:
    """Code to name: départements, and Swiss cantons as « CH-JU »."""
    known = {departement.code: departement.name for departement in places().departements}
    return known | {canton.code: canton.name for canton in places().cantons}


RegionCode = Annotated[
    str,
    AfterValidator(
        by_name_or_code(regions, lambda: _("« {value} » n’est pas une région de France"), "Grand Est")
    ),
]
DepartementCode = Annotated[
    str,
    AfterValidator(
        by_name_or_code(departements, lambda: _("« {value} » n’est pas un département connu"), "Doubs")
    ),
]
RegionCodes = Annotated[
    tuple[RegionCode, ...], BeforeValidator(split_items), AfterValidator(_without_repeats)
]
DepartementCodes = Annotated[
    tuple[DepartementCode, ...], BeforeValidator(split_items), AfterValidator(_without_repeats)
]
