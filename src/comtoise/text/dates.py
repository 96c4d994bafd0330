"""Read dates as pages and feeds write them: bylines, relative dates, and every dialect of feeds.

The grammar does not know formats but words: a text is cut into tokens (day number, month, year, time, zone,
label …) and a date is a run of tokens that holds a day, a month and a year in any order, with a time and a
zone or without. What no run explains goes to dateparser, if it is short and not a machine's date gone wrong.

Zone rules. A date that names its zone is an instant. One a machine wrote without a zone (year first, English
words, or seconds) is read as UTC, as RFC 4287 and RFC 822 readers do, unless the caller knows better. One
written for people is local to *tz*.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from comtoise.text.fold import fold

PARIS = ZoneInfo("Europe/Paris")
_TEXT_MAX = 400  #: characters: a byline is short
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class Precision(StrEnum):
    """What the text said: a day, or a time of that day."""

    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date read in a text."""

    value: datetime  #: aware; in the zone of the reading when the text names none; midnight when a DAY
    precision: Precision
    zoned: bool  #: the text (or the rule of its dialect) fixes an instant

    @property
    def utc(self) -> datetime:
        """The instant, in UTC."""
        return self.value.astimezone(UTC)

    def isoformat(self) -> str:
        """ISO 8601 to the second: with ``Z`` when the text fixes an instant, else local time as written."""
        moment = self.utc if self.zoned else self.value
        return moment.replace(tzinfo=None).isoformat(timespec="seconds") + ("Z" if self.zoned else "")


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a byline.

    A byline that tells only an update gives it as both: it is the only day known of the article.
    """

    published: FoundDate | None = None
    updated: FoundDate | None = None


# Months and weekdays, folded, by language; the position is the number. A word may be of several languages.
_MONTHS = {
    "fr": "janvier janv jan|fevrier fevr fev|mars mar|avril avr|mai|juin jun|juillet juil jul|aout aou|"
    "septembre sept sep|octobre oct|novembre nov|decembre dec",
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
    "september sept sep|october oct|november nov|december dec",
    "de": "januar janner jan|februar feber feb|marz maerz mrz|april apr|mai|juni jun|juli jul|august aug|"
    "september sept sep|oktober okt|november nov|dezember dez",
    "es": "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|"
    "septiembre setiembre sept sep set|octubre oct|noviembre nov|diciembre dic",
    "it": "gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago|"
    "settembre set|ottobre ott|novembre nov|dicembre dic",
    "nl": "januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|"
    "september sep|oktober okt|november nov|december dec",
    "pt": "janeiro jan|fevereiro fev|marco mar|abril abr|maio mai|junho jun|julho jul|agosto ago|"
    "setembro set|outubro out|novembro nov|dezembro dez",
    "hu": "januar|februar|marcius|aprilis|majus|junius|julius|augusztus|szeptember|oktober|november|december",
    "el": "ιανουαριου ιανουαριος ιαν|φεβρουαριου φεβρουαριος φεβ|μαρτιου μαρτιος μαρ μαρτ|"
    "απριλιου απριλιος απρ|μαιου μαιος μαι|ιουνιου ιουνιος ιουν ιον|ιουλιου ιουλιος ιουλ ιολ|"
    "αυγουστου αυγουστος αυγ|σεπτεμβριου σεπτεμβριος σεπ σεπτ|οκτωβριου οκτωβριος οκτ|"
    "νοεμβριου νοεμβριος νοε νοεμ|δεκεμβριου δεκεμβριος δεκ",
    "fi": "tammikuuta tammi|helmikuuta helmi|maaliskuuta maalis|huhtikuuta huhti|toukokuuta touko|"
    "kesakuuta kesa|heinakuuta heina|elokuuta elo|syyskuuta syys|lokakuuta loka|marraskuuta marras|"
    "joulukuuta joulu",
    "pl": "stycznia sty|lutego lut|marca|kwietnia kwi|maja|czerwca cze|lipca lip|sierpnia sie|wrzesnia wrz|"
    "pazdziernika paz|listopada lis|grudnia gru",
    "tr": "ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik",
    "ru": "января янв|февраля фев|марта мар|апреля апр|мая май|июня июн|июля июл|августа авг|"
    "сентября сен|октября окт|ноября ноя|декабря дек",
}
_WEEKDAYS = {
    "fr": "lundi lun|mardi mar|mercredi mer mercr|jeudi jeu|vendredi ven|samedi sam|dimanche dim",
    "en": "monday mon|tuesday tue tues|wednesday wed|thursday thu thur thurs|friday fri|saturday sat|"
    "sunday sun",
    "de": "montag mo|dienstag di|mittwoch mi|donnerstag do|freitag fr|samstag sonnabend sa|sonntag so",
    "es": "lunes lun|martes|miercoles mie|jueves jue|viernes vie|sabado sab|domingo dom",
    "it": "lunedi|martedi|mercoledi|giovedi gio|venerdi|sabato|domenica",
    "el": "δευτερα δευ|τριτη τρι|τεταρτη τετ|πεμπτη πεμ|παρασκευη παρ|σαββατο σαβ|κυριακη κυρ",
    "hu": "hetfo|kedd|szerda|csutortok|pentek|szombat|vasarnap",
}


def _words(table: dict[str, str]) -> dict[str, tuple[int, frozenset[str]]]:
    found: dict[str, tuple[int, set[str]]] = {}
    for language, line in table.items():
        for number, words in enumerate(line.split("|")):
            for word in words.split():
                known = found.setdefault(fold(word), (number, set()))
                if known[0] == number:
                    known[1].add(language)
    return {word: (number, frozenset(languages)) for word, (number, languages) in found.items()}


_MONTH_WORDS = {word: (number + 1, languages) for word, (number, languages) in _words(_MONTHS).items()}
_WEEKDAY_WORDS = _words(_WEEKDAYS)

#: Hours east of UTC. RFC 822 §5 and the abbreviations seen in feeds; the American ones as RFC 822 has them.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "ist": 1, "cet": 1, "cest": 2,
    "met": 1, "mest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "est": -5, "edt": -4, "et": -5,
    "cst": -6, "cdt": -5, "ct": -6, "mst": -7, "mdt": -6, "mt": -7, "pst": -8, "pdt": -7, "pt": -8,
    "ast": -4, "adt": -3,
    "at": -4, "akst": -9, "akdt": -8, "hst": -10, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12,
    "nzdt": 13, "sgt": 8, "hkt": 8, "art": -3, "brt": -3,
}  # fmt: skip

_UPDATED = (
    r"(?:derniere?s?\s+)?(?:mis(?:e)?\s+a\s+jour|mise?s?\s+a\s+jour|maj|modifie(?:e)?s?|modification|actualis\w+|"
    r"revis\w+|update[ds]?|last\s+(?:modified|updated?)|modified|edite(?:e)?|aktualisiert|actualizad[oa])"
)
_PUBLISHED = (
    r"publi(?:e|ee|es|ees|cation)|mis(?:e)?\s+en\s+ligne|cree|creee|creation|paru(?:e|tion)?|poste(?:e)?|ecrit|"
    r"published|posted|created|veroffentlicht|publicado|diffuse"
)
_FILLER = (
    r"le|la|ce|a|au|vers|at|on|um|of|the|de|du|date|heures?|heure\s+de\s+paris|uhr|kl|den|il|in|dated?|t"
)
_TOKEN = re.compile(
    rf"""
    (?P<updated>\b(?:{_UPDATED})\b)
  | (?P<published>\b(?:{_PUBLISHED})\b)
  | (?P<korean>\d{{4}}년\s*\d{{1,2}}월\s*\d{{1,2}}일)
  | (?P<noon>오전|오후|\b[ap]\.?\s?m\b\.?)
  | (?P<ymd>(?<![\d.,])\d{{4}}(?P<s1>[-/.])0?\d{{1,2}}(?P=s1)\d{{1,2}}(?![\d]))
  | (?P<dmy>(?<![\d.,:])\d{{1,2}}\s?(?P<s2>[-/.])\s?\d{{1,2}}\s?(?P=s2)\s?(?:\d{{4}}|'?\d{{2}})(?![\d:]))
  | (?P<yworded>(?<!\d)\d{{4}}-(?P<ymonth>[^\W\d_]+)-(?P<yday>\d{{1,2}})(?!\d))
  | (?P<time>(?<![\d:.,])\d{{1,2}}(?::\d{{1,2}}(?::\d{{1,2}}(?:[.,]\d{{1,9}})?)?(?![\d:])
      |\s?h\s?\d{{2}}(?!\d)|\s?h(?![^\W_])))
  | (?P<offset>(?<=[\d\sa-z.)])[+-]\d{{2}}:?\d{{2}}(?![\d:])
      |(?<=gmt)[+-]\d{{1,2}}(?!\d)|(?<=utc)[+-]\d{{1,2}}(?!\d))
  | (?P<iana>\b(?:etc|europe|america|asia|africa|australia|atlantic|indian|pacific)/[a-z_/+-]+\d*)
  | (?P<number>(?<![\w.,:+-])'?\d{{1,4}}(?:er|st|nd|rd|th|º|°)?(?![^\W_]|[:/]))
  | (?P<filler>\b(?:{_FILLER})\b|(?:[\s,;|@•·()\[\]'"–—]|-(?!\d{{2}}:?\d{{2}}(?!\d)))+|\.(?!\d)|:(?!\d))
  | (?P<word>[^\W\d_]+)
  | (?P<other>\S)
    """,
    re.VERBOSE,
)
_TIME_GLUED = re.compile(r"(?<=\d)t(?=\d{1,2}:?\d{2})")


class _WrongDateError(Exception):
    """A token that can only be a date holds an impossible one: nothing else in the text is to be trusted."""


@dataclass(slots=True)
class _Run:
    """A date being read: what was met so far, in any order."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    time: timedelta | None = None
    zone: tzinfo | None = None
    afternoon: bool | None = None
    weekday: int | None = None
    year_first: bool = False
    seconds: bool = False
    label: str | None = None
    languages: frozenset[str] | None = None
    hour: int | None = None  #: a number that is an hour if a zone follows

    def speaks(self, languages: frozenset[str]) -> None:
        self.languages = languages if self.languages is None else (self.languages & languages) or languages

    @property
    def dated(self) -> bool:
        return self.day is not None and self.month is not None

    @property
    def empty(self) -> bool:
        return self.day is None and self.month is None and self.year is None and self.time is None


def _year(number: int, now: datetime) -> int:
    """A year of two digits belongs to the century that puts it at most a year ahead of *now*."""
    if number >= 100:
        return number
    century = now.year - now.year % 100
    return century + number if century + number <= now.year + 1 else century - 100 + number


def _time(token: str) -> tuple[timedelta, bool]:
    hour, minute, second = ([*re.findall(r"\d+", token), "0", "0"])[:3]
    if token.count(":") < 2:
        second = "0"
    if int(hour) > 24 or int(minute) > 59 or int(second) > 60 or (int(hour) == 24 and int(minute)):
        raise _WrongDateError
    seconds = min(int(second), 59)  # a leap second is no moment of its own
    return timedelta(hours=int(hour), minutes=int(minute), seconds=seconds), token.count(":") == 2


def _offset(token: str) -> tzinfo:
    digits = re.sub(r"\D", "", token)
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:2]), int(digits[2:]))
    if hours > 15 or minutes > 59:
        raise _WrongDateError
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if token[0] == "-" else delta)


@lru_cache(maxsize=64)
def _named_zone(name: str) -> tzinfo | None:
    parts = "/".join("_".join(w.capitalize() for w in part.split("_")) for part in name.split("/"))
    for key in (parts, parts.replace("Gmt", "GMT").replace("Utc", "UTC")):
        try:
            return ZoneInfo(key)
        except (OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError of importlib's making
            continue
        except KeyError:
            continue
    return None


class _Reader:
    """One reading of one text: cuts it into runs."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.runs: list[_Run] = []
        self.run = _Run()
        self.strangers = 0

    def close(self, label: str | None = None) -> None:
        if not self.run.empty:
            self.runs.append(self.run)
        self.run = _Run(label=label)

    def read(self, text: str) -> list[_Run]:
        for match in _TOKEN.finditer(text):
            kind = match.lastgroup
            if kind in ("s1", "s2", "ymonth", "yday"):  # inner groups close before their token does
                kind = next(k for k in ("ymd", "dmy", "yworded") if match.group(k))
            self.token(str(kind), match.group(), match)
        self.close()
        return self.runs

    def token(self, kind: str, token: str, match: re.Match[str]) -> None:
        run = self.run
        match kind:
            case "updated" | "published":
                # « Mise à jour de la publication »: the first of two labels with nothing between counts.
                if not (run.empty and run.label):
                    self.close(kind)
            case "filler":
                if token == "at" and run.time is not None and run.zone is None:
                    self.zone(token)
            case "korean" | "ymd":
                year, month, day = (int(n) for n in re.findall(r"\d+", token))
                self.date(year, month, day)
                self.run.year_first = True
                if kind == "korean":
                    self.run.speaks(frozenset({"ko"}))
            case "yworded":
                month_word = _MONTH_WORDS.get(match.group("ymonth"))
                if month_word is None:
                    raise _WrongDateError
                self.date(int(token[:4]), month_word[0], int(match.group("yday")))
                self.run.year_first = True
            case "dmy":
                day, month, year = (int(n) for n in re.findall(r"\d+", token))
                if month > 12 >= day:
                    day, month = month, day
                self.date(_year(year, self.now), month, day)
            case "time":
                self.time(token)
            case "noon":
                run.afternoon = token == "오후" or token.startswith("p")
                if token in ("오전", "오후"):
                    run.speaks(frozenset({"ko"}))
            case "offset":
                if run.time is None and run.dated and ":" in token:
                    self.time(token[1:])  # « 02/12/2014 -15:39 »
                elif run.time is not None or run.dated:
                    run.zone = _offset(token)
            case "iana":
                self.settle_hour()
                run.zone = _named_zone(token) or run.zone
            case "number":
                self.number(token)
            case "word":
                self.word(token)
            case _:
                self.stranger(token)

    def stranger(self, token: str) -> None:
        if self.run.time is not None and self.run.zone is None and token in "+-0123456789":
            raise _WrongDateError  # « 11:47:32 +zz:00 »
        self.strangers += 1
        self.split()

    def split(self) -> None:
        """Something that is no part of a date: what follows is another date, under the same label."""
        if not self.run.empty:
            self.close(None)

    def date(self, year: int, month: int, day: int) -> None:
        if self.run.day is not None or self.run.month is not None:
            self.close()
        run = self.run
        run.year, run.month, run.day = year, month, day

    def time(self, token: str) -> None:
        if self.run.time is not None:
            self.close()
        self.run.time, self.run.seconds = _time(token)

    def number(self, token: str) -> None:
        run, value = self.run, int(re.sub(r"\D", "", token))
        digits = len(re.sub(r"\D", "", token))
        if digits == 4 and _FIRST_YEAR <= value <= _LAST_YEAR:
            if run.year is not None:
                self.close()
                run = self.run
            run.year = value
            run.year_first = run.empty or (run.day is None and run.month is None)
        elif digits <= 2 and run.day is None and 1 <= value <= 31:
            run.day = value
        elif digits <= 2 and run.day is not None and run.month is not None and run.year is None:
            run.year = _year(value, self.now)
        elif digits <= 2 and run.year is not None and run.time is None and value <= 23:
            run.hour = value
        else:
            self.strangers += 1
            self.split()

    def word(self, token: str) -> None:
        run = self.run
        if token in _MONTH_WORDS and (run.month is None or token not in _WEEKDAY_WORDS):
            number, languages = _MONTH_WORDS[token]
            # « mar. 11 mars »: the first « mar » is a Tuesday.
            if token in _WEEKDAY_WORDS and run.day is None and run.weekday is None:
                run.weekday = _WEEKDAY_WORDS[token][0]
                run.speaks(_WEEKDAY_WORDS[token][1])
                return
            if run.month is not None:
                self.close(None)
                run = self.run
            run.month = number
            run.speaks(languages)
        elif token in _WEEKDAY_WORDS:
            if run.dated and run.year is not None and run.time is not None and run.weekday is not None:
                self.close(None)
                run = self.run
            run.weekday = _WEEKDAY_WORDS[token][0]
            run.speaks(_WEEKDAY_WORDS[token][1])
        elif token in _ZONES and (run.time is not None or run.hour is not None or run.year is not None):
            self.zone(token)
        else:
            self.strangers += 1
            self.split()

    def zone(self, name: str) -> None:
        self.settle_hour()
        self.run.zone = timezone(timedelta(hours=_ZONES[name])) if _ZONES[name] else UTC

    def settle_hour(self) -> None:
        """« 19 Aug 2009 18 GMT »: a number with a zone behind it was an hour."""
        if self.run.hour is not None and self.run.time is None:
            self.run.time = timedelta(hours=self.run.hour)


def _complete(run: _Run, now: datetime, strangers: int) -> bool:
    """Fill in what people leave out (« jeudi 15:12 », « le 12 mars »), only where nothing foreign stands."""
    if run.dated and run.year is not None:
        return True
    if strangers:
        return False
    if run.dated:
        run.year = now.year - ((run.month or 0, run.day or 0) > (now.month, now.day))
        return True
    if run.weekday is not None and run.time is not None and run.month is None and run.day is None:
        back = (now.weekday() - run.weekday) % 7
        day = now - timedelta(days=back)
        if not back and run.time > timedelta(hours=now.hour, minutes=now.minute):
            day -= timedelta(days=7)
        run.year, run.month, run.day = day.year, day.month, day.day
        return True
    return False


def _found(run: _Run, tz: tzinfo, machine_tz: tzinfo) -> FoundDate:
    year, month, day = run.year or 0, run.month or 0, run.day or 0  # 0 is refused below
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _WrongDateError
    zone = run.zone
    if zone is None and run.languages is not None and "ko" in run.languages:
        zone = timezone(timedelta(hours=9))
    zoned = zone is not None
    if zone is None:
        # Seconds or English: a machine. Numbers alone with the day first: a person.
        machine = run.year_first or run.seconds or (run.languages is not None and "fr" not in run.languages)
        zone, zoned = (machine_tz, True) if machine else (tz, False)
        zoned = zoned and machine_tz is UTC
    time = run.time or timedelta(0)
    if run.afternoon is not None and time < timedelta(hours=13):
        time = time % timedelta(hours=12) + timedelta(hours=12 * run.afternoon)
    try:
        # Wall-clock arithmetic: 24:00 is the next day's midnight, whatever the clocks did that night.
        value = (datetime(year, month, day) + time).replace(tzinfo=zone)  # noqa: DTZ001 - zone set here
        value.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _WrongDateError from error
    return FoundDate(value, Precision.DAY if run.time is None else Precision.TIME, zoned)


# Dates as numbers alone (ISO 8601, W3CDTF), the truncated forms of old feeds included.
_COMPACT = re.compile(
    r"""(?: (?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2}) | (?P<y2>\d{4})-(?P<m2>\d{2})
      | (?P<y3>\d{4})-?(?P<o>\d{3})
      | (?P<y4>\d{2})-?(?P<m4>\d{2})-?(?P<d4>\d{2}) | (?P<y5>0\d|\d{2}(?=-))-?(?P<o5>\d{3}) | (?P<y6>\d{4})
      | -(?P<y7>\d{2})-?(?P<m7>\d{2}) | --(?P<m8>\d{2})-?(?P<d8>\d{2}) )
    (?: t? (?P<H>\d{2}):?(?P<M>\d{2})(?::?(?P<S>\d{2})(?:[.,]\d+)?)?
        \s* (?P<z>z|[+-]\d{2}(?::?\d{2})?)? )?\Z""",
    re.VERBOSE,
)


def _compact(text: str, now: datetime, machine_tz: tzinfo) -> FoundDate | None:
    """A date of digits only. Five digits are one (YYDDD) only with a leading zero: else they are a number."""
    match = _COMPACT.match(text)
    if match is None:
        return None
    found = match.groupdict()
    year = next((found[k] for k in ("y", "y2", "y3", "y6") if found[k]), None)
    short = next((found[k] for k in ("y4", "y5", "y7") if found[k]), None)
    month = next((found[k] for k in ("m", "m2", "m4", "m7", "m8") if found[k]), "1")
    day = next((found[k] for k in ("d", "d4", "d8") if found[k]), "1")
    ordinal = found["o"] or found["o5"]
    run = _Run(day=int(day), month=int(month), year_first=True)
    run.year = int(year) if year else _year(int(short), now) if short else now.year
    if ordinal:
        if not 1 <= int(ordinal) <= 366 or run.year < _FIRST_YEAR:
            raise _WrongDateError
        first = datetime(run.year, 1, 1, tzinfo=UTC) + timedelta(days=int(ordinal) - 1)
        run.month, run.day = first.month, first.day
    if found["H"]:
        run.time, _ = _time(f"{found['H']}:{found['M']}:{found['S'] or '00'}")
        if found["z"]:
            run.zone = UTC if found["z"] == "z" else _offset(found["z"])
    return _found(run, machine_tz, machine_tz)


_UNITS = {
    "s": r"s|sec|secs|secondes?|seconds?", "min": r"m|mn|min|mins|minutes?", "h": r"h|hr|hrs|heures?|hours?",
    "d": r"j|d|jours?|days?", "w": r"sem|semaines?|weeks?", "month": r"mois|months?",
    "y": r"ans?|annees?|years?",
}  # fmt: skip
_UNIT = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNITS.items())
_SOME = r"(?:environ|a peu pres|pres de|plus de|moins de|about|over|less than|almost)"
_COUNT = r"(?P<n>\d{1,4}|une?|an?|quelques|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)"
_AGO = re.compile(
    rf"(?:il\s*y\s*a\s*(?:{_SOME}\s*)?|{_SOME}\s*|depuis\s*)?{_COUNT}\s*(?:{_UNIT})"
    r"(?:\s*(?:ago|plus tot))?\Z"
)
_AGO_INSIDE = re.compile(rf"\bil\s*y\s*a\s*(?:{_SOME}\s*)?{_COUNT}\s*(?:{_UNIT})\b")
_NUMBERS = "deux trois quatre cinq six sept huit neuf dix"
_COUNTS = {word: number for number, word in enumerate(_NUMBERS.split(), start=2)}
_DAY_WORD = re.compile(
    r"\b(?:(?P<before>avant[- ]hier)|(?P<yesterday>hier|yesterday)|"
    r"(?P<today>aujourd'hui|today|ce (?:matin|jour|midi|soir)|cet apres[- ]midi|a l'instant|maintenant|"
    r"just now|now))\b"
)
_CLOCK = re.compile(r"\d{1,2}(?::\d{2}(?::\d{2})?|\s?h\s?\d{2}|\s?h(?![^\W_]))")


def _relative(text: str, now: datetime, tz: tzinfo) -> FoundDate | None:
    local = now.astimezone(tz)
    match = _AGO.match(text) or _AGO_INSIDE.search(text)
    if match is not None:
        word = match.group("n")
        count = int(word) if word.isdigit() else _COUNTS.get(word, 3 if word == "quelques" else 1)
        unit = next(name for name in _UNITS if match.group(name))
        if unit in ("month", "y"):
            months = local.year * 12 + local.month - 1 - count * (12 if unit == "y" else 1)
            year, month = divmod(months, 12)
            if year < _FIRST_YEAR:
                return None
            last = (datetime(year + month // 11, (month + 1) % 12 + 1, 1, tzinfo=UTC) - timedelta(days=1)).day
            value = local.replace(year=year, month=month + 1, day=min(local.day, last))
            return FoundDate(value, Precision.DAY, False)
        if unit in ("d", "w"):  # the same hour of the clock, also over a change of clocks
            wall = local.replace(tzinfo=None) - timedelta(days=count * (7 if unit == "w" else 1))
            return FoundDate(wall.replace(tzinfo=tz), Precision.DAY, False)
        seconds = count * {"s": 1, "min": 60, "h": 3600}[unit]
        value = (now.astimezone(UTC) - timedelta(seconds=seconds)).astimezone(tz)
        return FoundDate(value, Precision.TIME, False)
    day = _DAY_WORD.search(text)
    if day is None:
        return None
    wall = local.replace(tzinfo=None) - timedelta(days=2 if day["before"] else 1 if day["yesterday"] else 0)
    clock = _CLOCK.search(text)
    if clock is not None:
        wall = wall.replace(hour=0, minute=0, second=0, microsecond=0) + _time(clock.group())[0]
    return FoundDate(wall.replace(tzinfo=tz), Precision.TIME if clock else Precision.DAY, False)


def _net(text: str, now: datetime, tz: tzinfo) -> FoundDate | None:
    """What dateparser makes of it; it is slow and generous, so it is asked last and only for a whole date."""
    if not re.search(r"[^\W\d_]{3}", text) or len(text) > 100:
        return None
    import dateparser  # half a second to import, and rarely needed

    base = now.astimezone(tz).replace(tzinfo=None)
    value = dateparser.parse(
        text,
        languages=["fr", "en", "de", "es", "it"],
        settings={
            "RELATIVE_BASE": base,
            "PREFER_DATES_FROM": "past",
            "REQUIRE_PARTS": ["day", "month", "year"],
            "DATE_ORDER": "DMY",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    if value is None or not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        return None
    return FoundDate(value.replace(microsecond=0, tzinfo=tz), Precision.TIME, False)


def read_dates(
    text: str, *, now: datetime, tz: tzinfo = PARIS, machine_tz: tzinfo = UTC, net: bool = True
) -> Dates:
    """Read the dates of a byline, a feed's date element or a page's metadata.

    Args:
        text: At most the first 400 characters count.
        now: Aware; what « hier » and a missing year refer to.
        tz: The zone of dates written for people.
        machine_tz: The zone of dates a machine wrote without one.
        net: Whether dateparser may be asked in the end.
    Returns:
        Nothing when the text holds no date or an impossible one. Never raises for any text.
    """
    folded = fold(text[:_TEXT_MAX]).strip()
    if not folded:
        return Dates()
    try:
        compact = _compact(folded, now, machine_tz)
        if compact is not None:
            return Dates(compact)
        reader = _Reader(now.astimezone(tz))
        runs = reader.read(_TIME_GLUED.sub(" ", folded))
        runs = [run for run in runs if _complete(run, reader.now, reader.strangers)]
        found = [(run.label, _found(run, tz, machine_tz)) for run in runs]
    except _WrongDateError:
        return Dates()
    if found:
        published = next((date for label, date in found if label != "updated"), None)
        updated = next((date for label, date in found if label == "updated"), None)
        return Dates(published or updated, updated)
    relative = _relative(folded, now, tz)
    if relative is None and net and not re.search(r"\d{2}:\d{2}:\d{2}|\d{5}", folded):
        relative = _net(text[:_TEXT_MAX].strip(), now, tz)
    label_updated = re.match(_UPDATED, folded) is not None
    return Dates(relative, relative if label_updated else None)


#: RFC 822 as nine feeds in ten write it, four-digit year and numeric zone or GMT.
_USUAL = re.compile(
    r"\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" ((?:19|20)\d\d) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) (?:GMT|([+-])(0\d|1[0-4])([0-5]\d))\s*"
)
_USUAL_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def _usual(text: str) -> datetime | None:
    """The date of an ordinary feed, twenty times as fast as `read_dates` finds the same; None for any other."""
    match = _USUAL.fullmatch(text)
    if match is None:
        return None
    day, month, year, hour, minute, second, sign, off_hours, off_minutes = match.groups()
    try:
        local = datetime(
            int(year),
            _USUAL_MONTHS.index(month) // 3 + 1,
            int(day),
            int(hour),
            int(minute),
            int(second),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    if sign is None:
        return local
    offset = timedelta(hours=int(off_hours), minutes=int(off_minutes))
    return local - offset if sign == "+" else local + offset


def read_instant(
    text: str, *, now: datetime, tz: tzinfo = PARIS, machine_tz: tzinfo = UTC
) -> datetime | None:
    """The one date of *text* as an instant in UTC: for the date elements of feeds and metadata."""
    usual = _usual(text)
    if usual is not None:
        return usual
    found = read_dates(text, now=now, tz=tz, machine_tz=machine_tz, net=False).published
    return None if found is None else found.utc.replace(microsecond=0)
