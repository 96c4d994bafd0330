"""A digest put into words: what the text and HTML renderings show, and in which order. They add only form.

Titles and extracts are the publishers' words, untouched; everything else is ours, in French typography.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta, tzinfo

from comtoise.delivery.agenda import agenda
from comtoise.digests.composition import PARIS
from comtoise.digests.facts import Fact, fact_line, facts, figures
from comtoise.digests.weeks import mean_before
from comtoise.i18n import _, ngettext
from comtoise.model import Digest, Rhythm, Story, TopicKind, Week
from comtoise.text.typography import NBSP, amount, clock, day, extract, listed, number, shorten, typo

EXTRACT_MAX = 200  #: characters of a publisher that a reader is shown, at most
TITLE_MAX = 300  #: characters; a feed that gives more gives no title
SIGNALS_MAX = 15  #: rows of the table of signals
ALSO_MAX = 4  #: outlets named after « aussi chez »; the others are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story."""

    title: str
    url: str
    kicker: str  #: its sector, may be empty
    figures: tuple[str, ...]
    byline: str  #: source, day, place
    extract: str
    also: str  #: « Aussi chez … », may be empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A titled run of stories."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure of the week."""

    value: str
    label: str
    before: str = ""  #: what it was before, may be empty


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRow:
    """One line of the table of signals."""

    company: str
    place: str
    label: str
    figures: str
    source: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """One line of the agenda."""

    day: str
    label: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """Why this arrives and how to stop it; addresses are absolute, None where the desk has no web address."""

    reason: str = ""
    unsubscribe_url: str | None = None
    settings_url: str | None = None
    privacy_url: str | None = None
    identity: str = ""  #: who sends, with a postal address


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """All that a reader sees of a digest."""

    subject: str
    preheader: str
    kind: str  #: « La semaine », « Le matin »
    period: str
    zone: str
    count: str
    note: str  #: of the editor, may be empty
    essentials: Chapter
    tiles: tuple[Tile, ...]
    chapters: tuple[Chapter, ...]
    signals: tuple[SignalRow, ...]
    agenda: tuple[Date, ...]  #: days to come that the stories name
    picture: str  #: what the picture of the week says; empty when there is none
    filtered: str  #: what was read and left out, may be empty
    footer: Footer

    @property
    def items(self) -> tuple[Item, ...]:
        """All stories, in reading order."""
        return self.essentials.items + tuple(item for chapter in self.chapters for item in chapter.items)


def letter(digest: Digest, *, tz: tzinfo = PARIS, footer: Footer | None = None, picture: str = "") -> Letter:
    """Put *digest* into words, dates by the reader's clock *tz*.

    Args:
        picture: What the picture that comes with it says.
    """
    weekly = digest.slot.rhythm is Rhythm.WEEKLY
    stories = digest.stories
    return Letter(
        subject=one_line(digest.title),
        preheader=" · ".join(
            one_line(fact_line(story) or story.lead.title) for story in digest.highlights[1:3]
        ),
        kind=_("La semaine industrielle") if weekly else _("Le matin industriel"),
        period=digest.period[:1].upper() + digest.period[1:],
        zone=digest.zone,
        count=typo(ngettext("{n} sujet", "{n} sujets", len(stories)).format(n=len(stories))),
        note=typo(one_line(digest.note)),
        essentials=Chapter(
            title=_heading(digest),
            items=tuple(item(story, tz, digest.slot.rhythm, kicker=True) for story in digest.highlights),
        ),
        tiles=_tiles(digest.weeks) if weekly else (),
        chapters=tuple(
            Chapter(
                title=section.label,
                items=tuple(item(story, tz, digest.slot.rhythm) for story in section.stories),
            )
            for section in digest.sections
        ),
        signals=_signals(stories) if weekly else (),
        agenda=_agenda(digest, tz) if weekly else (),
        picture=picture,
        filtered=_filtered(digest),
        footer=footer or Footer(),
    )


def _heading(digest: Digest) -> str:
    if not digest.highlights:
        return _("Rien à signaler dans ce que vous suivez")
    return _essentials(len(digest.highlights)) if digest.slot.rhythm is Rhythm.WEEKLY else _("À retenir")


def item(story: Story, tz: tzinfo, rhythm: Rhythm, *, kicker: bool = False) -> Item:
    """Put one story into words; with its sector above when no heading says it."""
    found = facts(story)
    return Item(
        title=titled(shorten(one_line(story.lead.title), TITLE_MAX)),
        url=story.lead.url,
        kicker=_sector(story) if kicker else "",
        figures=_capitalised(figures(found[0])) if found else (),
        byline=byline(story, tz, rhythm),
        extract=extract(one_line(story.lead.extract), EXTRACT_MAX),
        also=also(story),
    )


def byline(story: Story, tz: tzinfo, rhythm: Rhythm) -> str:
    """« L’Écho de l’Ain · mardi 24 novembre · Oyonnax (01) · abonnés »; with the hour in an alert."""
    when = (story.lead.published or story.first_seen).astimezone(tz)
    date = day(when, year=False)
    if rhythm is Rhythm.INSTANT and (when.hour, when.minute) != (0, 0):
        date = f"{date}, {clock(when.time())}"
    parts = [story.lead.source_name, date, place(story), _("abonnés") if story.lead.paywalled else ""]
    return " · ".join(part for part in parts if part)


def place(story: Story) -> str:
    """« Oyonnax (01) », « Oyonnax », « Ain » or nothing: the surest place of the story."""
    communes = [match for match in story.matches if match.kind is TopicKind.COMMUNE]
    departements = [match for match in story.matches if match.kind is TopicKind.DEPARTEMENT]
    if not communes:
        return max(departements, key=lambda m: m.score).label if departements else ""
    commune = max(communes, key=lambda m: m.score)
    # 25056 lies in 25, 2A004 in 2A, 97411 in 974: a département's code starts its communes' codes.
    code = next((m.topic for m in departements if commune.topic.startswith(m.topic)), None)
    return f"{commune.label}{NBSP}({code})" if code else commune.label


def also(story: Story) -> str:
    """« Aussi chez A, B et 3 autres », the outlets beside the lead's, each once."""
    names = list(
        dict.fromkeys(a.source_name for a in story.others if a.source_name != story.lead.source_name)
    )
    if not names:
        return ""
    more = len(names) - ALSO_MAX
    if more > 0:
        names = names[:ALSO_MAX]
        names.append(ngettext("{n} autre", "{n} autres", more).format(n=more))
    return _("Aussi chez {names}").format(names=listed(names))


def titled(title: str) -> str:
    """A publisher's title, or ours when it shows nothing: only spaces, joiners, fillers, marks without a letter."""
    seen = any(unicodedata.category(char)[0] in "LNPS" and char not in _FILLERS for char in title)
    return title if seen else _("Sans titre")


def one_line(text: str) -> str:
    """Return *text* without what could break a line or a header, or turn the reading direction.

    Control, format, surrogate, private and separator characters become spaces; the joiners of emoji stay. What is
    stored was cleaned at the door: this guards the way out, whoever filled the store.
    """
    kept = "".join(
        " " if unicodedata.category(char) in _BREAKING and char != _JOINER else char for char in text
    )
    return " ".join(part for part in kept.split(" ") if part)


_BREAKING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_FILLERS = "\u115f\u1160\u3164\uffa0"  #: letters by name only, in Hangul
_JOINER = "\u200d"


def _essentials(n: int) -> str:
    return _("L’essentiel en {n} points").format(n=n) if n > 1 else _("L’essentiel")


def _capitalised(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part[:1].upper() + part[1:] for part in parts)


def _sector(story: Story) -> str:
    sectors = [match for match in story.matches if match.kind is TopicKind.SECTOR and match.label]
    return max(sectors, key=lambda match: match.score).label if sectors else ""


def _tiles(weeks: tuple[Week, ...]) -> tuple[Tile, ...]:
    """The week in up to four figures, each against the four weeks before; none when fewer than two are above zero."""
    if not weeks:
        return ()
    week = weeks[-1]
    kinds: tuple[tuple[Callable[[Week], int], Callable[[float], str], str], ...] = (
        (lambda w: w.invested, amount, _("d’investissements annoncés")),
        (lambda w: w.created, _count, ngettext("emploi créé", "emplois créés", week.created)),
        (lambda w: w.cut, _count, ngettext("emploi supprimé", "emplois supprimés", week.cut)),
        (
            lambda w: w.sites,
            _count,
            ngettext("implantation ou extension", "implantations ou extensions", week.sites),
        ),
        (
            lambda w: w.procedures,
            _count,
            ngettext("procédure collective", "procédures collectives", week.procedures),
        ),
    )
    kept = tuple(
        Tile(
            value=written(figure(week)),
            label=label,
            before=_before(mean_before(weeks, figure), written),
        )
        for figure, written, label in kinds
        if figure(week)
    )[:4]
    return kept if len(kept) > 1 else ()


def _before(mean: float | None, written: Callable[[float], str]) -> str:
    if mean is None:
        return ""
    return typo(_("{mean} en moyenne les 4 semaines d’avant").format(mean=written(mean)))


def _count(value: float) -> str:
    """« 3 », « 2,5 »: a decimal where it says something."""
    return number(value, 0 if value >= 10 else 1)


def _agenda(digest: Digest, tz: tzinfo) -> tuple[Date, ...]:
    after = digest.slot.until.astimezone(tz).date() - timedelta(days=1)
    return tuple(
        Date(day=day(each.on, year=False), label=each.label, title=one_line(each.title), url=each.url)
        for each in agenda(digest.stories, after)
    )


def _signals(stories: Iterable[Story]) -> tuple[SignalRow, ...]:
    """One line for each story with a company and an event; the strongest event of each."""
    rows = []
    for story in stories:
        found = next((fact for fact in facts(story) if fact.company), None)
        if found:
            rows.append(
                SignalRow(
                    company=found.company,
                    place=found.place,
                    label=found.label,
                    figures=", ".join(_short_figures(found)),
                    source=story.lead.source_name,
                    url=story.lead.url,
                )
            )
    return tuple(rows[:SIGNALS_MAX]) if len(rows) > 1 else ()


def _short_figures(fact: Fact) -> Iterable[str]:
    if fact.amount:
        yield amount(fact.amount.value, fact.amount.currency)
    if fact.jobs:
        sign = "−" if fact.jobs.role == "cut" else "+"
        yield typo(
            ngettext("{n} emploi", "{n} emplois", fact.jobs.count).format(
                n=f"{sign}{number(fact.jobs.count)}"
            )
        )


def _filtered(digest: Digest) -> str:
    parts = []
    if digest.filtered:
        parts.append(
            ngettext(
                "{n} article lu n’a pas été retenu.",
                "{n} articles lus n’ont pas été retenus.",
                digest.filtered,
            ).format(n=number(digest.filtered))
        )
    if digest.cut:
        parts.append(
            ngettext(
                "{n} autre sujet qui vous concerne n’a pas trouvé place ici.",
                "{n} autres sujets qui vous concernent n’ont pas trouvé place ici.",
                digest.cut,
            ).format(n=number(digest.cut))
        )
    return typo(" ".join(parts))
