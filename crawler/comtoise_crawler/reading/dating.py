"""When an article was published: several signs, weighed.

What the page states of the article for machines counts first, unless two signs that cannot have copied from each
other, the day in the address and the day printed beside the headline, say another day together. A statement about
the document (the meta « date », Dublin Core's) counts less than what stands beside the headline: where one template
page shows all articles, it dates the template. Then what people see, the address, what scripts hold, htmldate.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote, urlsplit

from htmldate import find_date
from lxml import etree

from comtoise.text.clean import clean_title
from comtoise.text.dates import PARIS, Dates, FoundDate, Precision, read_dates
from comtoise.text.fold import fold
from comtoise_crawler.reading.elements import Surroundings, names, nodes, words
from comtoise_crawler.reading.structured import Stated

logging.getLogger("htmldate").setLevel(logging.CRITICAL)  # it logs an error for every page without text

_BYLINE = re.compile(
    r"\b(?:publie|mis a jour|mise a jour|modifie|actualise|poste|paru|publication|date de publication|ecrit|"
    r"mis en ligne|mise en ligne|published|posted|updated)\b",
)
#: « Publié au Journal officiel », « le rapport publié en … »: a sentence, not a byline.
_BYLINE_NOT = re.compile(r"\b(?:publiee? (?:au|dans|par|en)|rapport|decret|etude) ")
_BYLINE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:date|dates|datepublished|byline|published|publication|post-date|entry-date|article-date|meta|"
    r"entry-meta|post-meta|article-meta|info|infos|publi|time|timestamp)(?:$|[\s_-])",
    re.IGNORECASE,
)
#: Names of the day of publication on an element that carries a machine's value (microdata, RDFa, hAtom).
_PUBLISHED_NAMES = re.compile(
    r"(?:^|[\s:])(?:datepublished|datecreated|pubdate|published|published_time|dc:date|dc:created|dc:issued)(?:$|\s)",
    re.IGNORECASE,
)
_UPDATED_NAMES = re.compile(r"modif|updat|\bmaj\b|mise?-a-jour", re.IGNORECASE)
_VALUES = ("content", "datetime", "title", "data-datetime", "data-date")  #: where that value stands
#: « Vautrey, le 12 mars 2026 – … »: how a press release begins.
_DATELINE = re.compile(
    r"(?:communique de presse\W{0,5})?[a-z][\w' -]{2,40}, (?:le )?"
    r"(?P<day>(?:\w{5,8} )?\d{1,2}(?:er)? \w{3,9} (?:19|20)\d\d)\b"
)
_DATELINE_TEXT = 120  #: characters of a paragraph in which a dateline may end
_LONE_LENGTH, _LONE_WORDS = 60, 6  #: of a line that holds a date and hardly anything else
_ADDRESS_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19[9]|20\d)\d)(?P<s>[/_.-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)"
    r"|(?<![^/_.-])(?P<y2>20\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)(?![^/_.-])"
)
#: A day in the data of a page that scripts draw.
_SCRIPT_DAY = re.compile(
    r"\\?\"(?:date_?published|published_?(?:at|date|time|on)|publication_?date|date_?publication|pub_?date|"
    r"first_?publish(?:ed)?(?:_?(?:at|date))?|publish_?(?:date|time))\\?\"\s*:\s*\\?\"(?P<day>[^\"\\]{8,40})",
    re.IGNORECASE,
)
_ANY_SCRIPT_MAX = 2_000_000  #: characters of a page searched for such data
_AFTER, _BEFORE = 160, 30  #: elements around the headline among which its own date stands
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Printed:
    """Dates that people see, and whether they stand beside the headline."""

    dates: Dates
    near: bool


def read_page_dates(
    tree: etree._Element,
    stated: Stated,
    *,
    surroundings: Surroundings,
    document: str,
    url: str,
    title: str,
    now: datetime,
) -> Dates:
    """When the article of a page was published and last updated.

    Args:
        stated: What the page says for machines.
        surroundings: Of the same tree.
        document: The page as text, for what its scripts hold and for htmldate.
        title: The article's, to know what stands beside its headline.
        now: A later date is not believed.
    """
    told, kept = _first(stated.published, now), _first(stated.dated, now)
    updated = _first(stated.updated, now)
    address = day_in_address(url, now)
    sure = told is not None and (address is None or _agree(told, address))
    printed = (
        Printed(Dates(), False) if sure and updated is not None else _printed(tree, surroundings, title, now)
    )
    if _same_day(printed.dates.published, updated):
        # A page that prints one day, and states it as that of its update, does not print when it appeared.
        printed = Printed(printed.dates, False)
    published = _weighed(told, kept, printed, address)
    if published is None:
        published = _in_scripts(document, now) or _guessed(document, url, now) or updated
    updated = updated or printed.dates.updated
    if updated is not None and published is not None and updated.utc <= published.utc:
        updated = None
    return Dates(published, updated)


def _weighed(
    told: FoundDate | None, kept: FoundDate | None, printed: Printed, address: FoundDate | None
) -> FoundDate | None:
    """The day that the signs support; see the top of this module."""
    seen = printed.dates.published
    if told is not None:
        outvoted = (
            seen is not None
            and address is not None
            and printed.near
            and _agree(seen, address)
            and not _agree(told, address)
        )
        return seen if outvoted else told
    if kept is not None:
        if (
            printed.near
            and seen is not None
            and not _same_day(seen, kept)
            and not (address and _same_day(kept, address))
        ):
            return seen
        return kept
    if seen is not None and address is not None and not _agree(seen, address) and not printed.near:
        return address
    return seen or address


def _same_day(one: FoundDate | None, other: FoundDate | None) -> bool:
    return one is not None and other is not None and one.value.date() == other.value.date()


def _agree(one: FoundDate, other: FoundDate) -> bool:
    """Whether two dates may be one: an article written at night has its day in two calendars."""
    return abs(one.value.date() - other.value.date()) <= _A_DAY


def read_local(text: str, now: datetime) -> Dates:
    """A page's clock is its readers': a date without a zone is local, whoever wrote it."""
    return read_dates(text, now=now, machine_tz=PARIS, net=False)


def is_byline(folded: str) -> bool:
    """Whether a folded line says that something was published or updated, and is no sentence about it."""
    return _BYLINE.search(folded) is not None and _BYLINE_NOT.search(folded) is None


def _first(said: list[str], now: datetime) -> FoundDate | None:
    for text in said:
        found = read_local(text, now).published
        if found is not None and found.utc <= now.astimezone(UTC).replace(microsecond=0):
            return found
    return None


def day_in_address(url: str, now: datetime) -> FoundDate | None:
    """The day that stands in an address (« /2026/03/05/ », « -20260305- »), the last one; None when it holds none."""
    found: FoundDate | None = None
    for match in _ADDRESS_DAY.finditer(unquote(urlsplit(url).path)):
        year, month, day = (int(match[name] or match[f"{name}2"]) for name in "ymd")
        try:
            value = datetime(year, month, day, tzinfo=PARIS)
        except ValueError:
            continue
        if value <= now:
            found = FoundDate(value, Precision.DAY, False)
    return found


# What people see


def _printed(tree: etree._Element, surroundings: Surroundings, title: str, now: datetime) -> Printed:
    """The dates that people see: the line that says « Publié le », a <time>, a box named for dates, a lone date.

    Beside the headline first, below it before above it: at the top of many pages stands the day of today.
    A line that tells only an update does not date the article, unless nothing else does.
    """
    order = {element: number for number, element in enumerate(tree.iter(etree.Element))}
    headline = _headline(tree, title)
    at = order[headline] if headline is not None else None

    def zone(element: etree._Element) -> int:
        """0 below the headline, 1 just above it, 2 elsewhere."""
        if at is None:
            return 2
        steps = order[element] - at
        return 0 if 0 <= steps <= _AFTER else 1 if -_BEFORE <= steps < 0 else 2

    updated: FoundDate | None = None
    sets: list[tuple[int, Dates]] = []
    for element, line in surroundings.lines:
        if is_byline(fold(line)):
            dates = _past(read_local(line, now), now)
            if dates.published is not None and dates.published != dates.updated:
                sets.append((zone(element), dates))
                if zone(element) == 0 or at is None:
                    break
            updated = updated or dates.updated
    if not sets:
        for element, dates in _marked(tree, surroundings, now):
            if dates.published is None or dates.published == dates.updated:
                updated = updated or dates.updated
                continue
            sets.append((zone(element), dates))
            if sets[-1][0] == 0:
                break
    if not any(where < 2 for where, _dates in sets):
        sets += [(where, d) for e, d in _alone(surroundings.lines, now) if (where := zone(e)) < 2 or not sets]
    if not sets:
        return Printed(Dates(updated=updated), False)
    where, best = min(sets, key=lambda one: one[0])
    return Printed(Dates(best.published, best.updated or updated), near=where < 2)


def _headline(tree: etree._Element, title: str) -> etree._Element | None:
    wanted = fold(title)
    headings = [h for h in tree.iter("h1", "h2", "h3") if wanted and fold(clean_title(words(h))) == wanted]
    return next(iter(headings), None) if headings else next(tree.iter("h1"), None)


def _past(dates: Dates, now: datetime) -> Dates:
    """The dates, or none when they are of a day to come."""
    return dates if dates.published is not None and dates.published.utc <= now else Dates()


def _marked(
    tree: etree._Element, surroundings: Surroundings, now: datetime
) -> Iterator[tuple[etree._Element, Dates]]:
    """Dates of elements that are marked as such: <time>, microdata and its kin, then boxes named for dates."""
    for element in tree.iter("time"):
        found = _first([text for text in (element.get("datetime"), words(element)) if text], now)
        if found is not None and not surroundings.beside(element):
            marks = f"{names(element)} {element.get('itemprop') or ''}"
            old = _UPDATED_NAMES.search(marks) is not None and "publi" not in marks
            yield element, Dates(found, found if old else None)
    for element in nodes(tree, "//*[@itemprop or @property or self::abbr]"):
        if element.tag in ("meta", "time"):
            continue
        marks = (
            f"{element.get('itemprop') or ''} {element.get('property') or ''} {element.get('class') or ''}"
        )
        if _PUBLISHED_NAMES.search(marks) and not surroundings.beside(element):
            found = _first([value for name in _VALUES if (value := element.get(name))], now)
            if found is not None:
                yield element, Dates(found)
    for element in nodes(tree, "//*[@class or @id or @itemprop]"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if len(marks) < 300 and _BYLINE_NAMES.search(marks) and not surroundings.beside(element):
            text = words(element)
            if 5 < len(text) < 160:
                dates = _past(read_local(text, now), now)
                if dates.published is not None:
                    yield element, dates


def _alone(lines: list[tuple[etree._Element, str]], now: datetime) -> Iterator[tuple[etree._Element, Dates]]:
    """Dates of short lines that hold hardly anything else, and of the first words of a press release."""
    for element, line in lines:
        if len(line) <= _LONE_LENGTH and len(re.findall(r"[^\W\d_]+", line)) <= _LONE_WORDS:
            said: str | None = line if re.search(r"(?:19|20)\d\d|\d[/.]\d", line) else None
        else:
            dateline = _DATELINE.match(fold(line[:_DATELINE_TEXT]))
            said = dateline["day"] if dateline else None
        dates = _past(read_local(said, now), now) if said else Dates()
        if dates.published is not None and dates.published != dates.updated:
            yield element, dates


# The last resorts


def _in_scripts(document: str, now: datetime) -> FoundDate | None:
    """The one day of publication that the data of the page's scripts tell; None when they tell several."""
    days: dict[date, FoundDate] = {}
    for match in _SCRIPT_DAY.finditer(document[:_ANY_SCRIPT_MAX]):
        found = _first([match["day"]], now)
        if found is not None:
            days.setdefault(found.value.date(), found)
        if len(days) > 1:
            return None
    return next(iter(days.values()), None)


def _guessed(document: str, url: str, now: datetime) -> FoundDate | None:
    """What htmldate makes of the rest, a day; None when it has no idea either."""
    try:
        day = find_date(
            document[:500_000],
            url=url,
            original_date=True,
            extensive_search=False,
            outputformat="%Y-%m-%d",
            max_date=now.strftime("%Y-%m-%d"),
        )
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None
    found = read_local(day, now).published if day else None
    return found if found is not None and found.precision is Precision.DAY else None
