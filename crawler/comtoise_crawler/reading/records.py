"""Read the answers of two open interfaces: WordPress's REST interface and the BODACC register.

Sources: developer.wordpress.org, « Posts »; bodacc-datadila.opendatasoft.com, data set « annonces-commerciales »
(Licence Ouverte 2.0).
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from comtoise.i18n import _
from comtoise.model import Entry
from comtoise.text.clean import clean_line, clean_text, clean_title, clean_url
from comtoise.text.dates import read_dates
from comtoise.text.typography import day
from comtoise_crawler.reading.decoding import decode, gunzip
from comtoise_crawler.reading.errors import NotRecords
from comtoise_crawler.reading.limits import ENTRIES_MAX

Record = Mapping[str, object]


def read_wordpress(
    body: bytes, *, url: str, now: datetime, content_type: str | None = None
) -> tuple[Entry, ...]:
    """The posts of an answer of ``/wp-json/wp/v2/posts``, in its order. Raises `NotRecords`."""
    posts = _json(body, content_type)
    if not isinstance(posts, list):
        raise NotRecords(_("L’interface WordPress de ce site ne répond pas une liste d’articles."))
    return tuple(_post(post, url, now) for post in posts[:ENTRIES_MAX] if isinstance(post, dict))


def _post(post: Record, url: str, now: datetime) -> Entry:
    published = read_dates(_string(post.get("date_gmt")), now=now, net=False).published
    updated = read_dates(_string(post.get("modified_gmt")), now=now, net=False).published
    return Entry(
        url=clean_url(_string(post.get("link")), url),
        guid=_string(_member(post, "guid", "rendered")) or None,
        title=clean_title(_string(_member(post, "title", "rendered"))),
        summary=clean_text(_string(_member(post, "excerpt", "rendered"))),
        content=clean_text(_string(_member(post, "content", "rendered"))),
        published=published.utc if published else None,
        updated=updated.utc if updated else None,
    )


def read_bodacc(
    body: bytes, *, url: str, now: datetime, content_type: str | None = None
) -> tuple[Entry, ...]:
    """Notices of collective procedures as entries: company, SIREN, court and kind of judgment.

    Raises `NotRecords` when the answer is something else.
    """
    answer = _json(body, content_type)
    records = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(records, list):
        raise NotRecords(_("Le registre BODACC ne répond pas une liste d’annonces."))
    return tuple(
        entry
        for record in records[:ENTRIES_MAX]
        if isinstance(record, dict) and (entry := _notice(record, url, now))
    )


def _notice(record: Record, url: str, now: datetime) -> Entry | None:
    number = _string(record.get("id"))
    company = clean_line(_string(record.get("commercant"))) or _("Entreprise sans nom")
    if not number:
        return None
    judgment = _inner(record.get("jugement"))
    nature = clean_line(_string(judgment.get("nature")) or _string(judgment.get("famille")))
    town, court = clean_line(_string(record.get("ville"))), clean_line(_string(record.get("tribunal")))
    siren = next(iter(_sirens(record.get("registre"))), "")
    activity = clean_line(_activity(record))
    published = read_dates(_string(record.get("dateparution")), now=now, net=False).published
    place = f" ({town})" if town else ""
    details = (
        f"{nature}." if nature else "",
        _judged(_string(judgment.get("date")), now),
        f"{court}." if court else "",
        _("SIREN {number}.").format(number=siren) if siren else "",
        _("Activité : {activity}.").format(activity=activity.rstrip(".")) if activity else "",
        clean_text(_string(judgment.get("complementJugement"))),
    )
    link = (
        _string(record.get("url_complete"))
        or f"https://www.bodacc.fr/pages/annonces-commerciales-detail/?q.id=id:{number}"
    )
    return Entry(
        url=clean_url(link, url),
        guid=number,
        title=clean_title(f"{company}{place} : {nature or _('procédure collective')}"),
        summary=" ".join(detail for detail in details if detail),
        published=published.utc if published else None,
        categories=tuple(filter(None, (clean_line(_string(record.get("familleavis_lib"))),))),
    )


def _activity(record: Record) -> str:
    """What the company does, as the register's notice of the person or of the establishment says it."""
    queue: list[object] = [_inner(record.get("listepersonnes")), _inner(record.get("listeetablissements"))]
    for _turn in range(100):  # objects and lists of a few persons; a notice of more is nobody's
        if not queue:
            break
        value = queue.pop(0)
        if isinstance(value, dict):
            if _string(value.get("activite")):
                return _string(value["activite"])
            queue += value.values()
        elif isinstance(value, list):
            queue += value
    return ""


def _judged(said: str, now: datetime) -> str:
    found = read_dates(said, now=now, net=False).published
    spelt = day(found.value.date(), weekday=False) if found else clean_line(said)
    return _("Jugement du {day}.").format(day=spelt) if spelt else ""


def _inner(value: object) -> Record:
    """An object given as such or as JSON text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return {}
    return value if isinstance(value, dict) else {}


def _sirens(value: object) -> Iterator[str]:
    """« 123 456 789 », « 123456789 », or both in one text."""
    for text in value if isinstance(value, list) else [value]:
        for match in re.finditer(r"(?<!\d)\d{3} ?\d{3} ?\d{3}(?!\d)", _string(text), re.ASCII):
            yield match.group().replace(" ", "")


def _json(body: bytes, content_type: str | None) -> object:
    try:
        return json.loads(decode(gunzip(body), content_type).text)
    except (ValueError, RecursionError) as error:
        raise NotRecords(_("La réponse n’est pas du JSON.")) from error


def _member(record: Record, name: str, member: str) -> object:
    inner = record.get(name)
    return inner.get(member) if isinstance(inner, dict) else inner


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
