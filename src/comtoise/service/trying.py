"""Try a keyword on the stored archive before it is written in the configuration, and count what the others do.

A word is tried by reading again, with it and without it, the articles where it stands. Full texts are erased after
72 hours: of older articles the title and the extract are read, and what was decided when their text was there still
holds.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from comtoise.config.values import closest
from comtoise.config.wordlists import same_word
from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.knowledge import Knowledge, Places, Sector
from comtoise.model import Article, Evidence, Match, Part, Source, TopicKind
from comtoise.store import Database, archive, feedback
from comtoise.text.fold import spaced
from comtoise.text.keywords import Keyword, parse_keyword
from comtoise.text.phrases import Phrases
from comtoise.topics import Rules, compile_rules
from comtoise.topics.document import Document
from comtoise.topics.highlight import Span, merged
from comtoise.topics.sectors import LAST_RESORT
from comtoise.topics.understand import read_topics
from comtoise.topics.usage import WHYS, KeywordCount, Keywords, Use, count_keywords, dead

TOO_WIDE: Final = 20.0  #: articles a day from which a word finds more than anybody reads
FOUND_BY: Final = 5  #: keywords named
_CONTEXT: Final = 60  #: characters quoted on either side of a word that the title does not hold

_NOWHERE: Final = Places(
    communes=(), departements=(), regions=(), demonyms=(), ordinary_words=frozenset(), vintage="", licence=""
)

Watch = Callable[[Iterator[archive.Archived], int], Iterator[archive.Archived]]


class Place(StrEnum):
    """The list of a sector that a word is tried in."""

    STRONG = "fort"
    WEAK = "faible"
    OCCUPATION = "metier"
    CONTEXT = "contexte"
    IGNORED = "ignorer"
    ACRONYM = "sigle"


_FIELDS: Final = {
    Place.STRONG: "strong",
    Place.WEAK: "weak",
    Place.OCCUPATION: "occupations",
    Place.CONTEXT: "context",
    Place.IGNORED: "exclusions",
    Place.ACRONYM: "acronyms",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is tried: a word written in a list of a sector, or taken out of its lists."""

    keyword: Keyword
    sector: Sector  #: as it is now
    place: Place
    removing: bool

    def in_list(self, place: Place) -> bool:
        """Whether the word stands in a list of the sector as it is now."""
        return any(_same(word, self.keyword) for word in getattr(self.sector, _FIELDS[place]))

    def apply(self, knowledge: Knowledge) -> Knowledge:
        """The knowledge once it is done."""
        lists: dict[str, Any] = {}
        if self.removing:
            for field in _FIELDS.values():
                words = getattr(self.sector, field)
                lists[field] = tuple(word for word in words if not _same(word, self.keyword))
        else:
            field = _FIELDS[self.place]
            lists[field] = (*getattr(self.sector, field), self.keyword.text)
        changed = replace(self.sector, **lists)
        return replace(
            knowledge,
            sectors=tuple(changed if card.id == changed.id else card for card in knowledge.sectors),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article whose sectors change."""

    article_id: str
    day: str  #: ISO date when it was found
    title: str
    title_marks: tuple[Span, ...]
    quote: str  #: the words around the keyword, when the title does not hold it
    quote_marks: tuple[Span, ...]
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a word does to the archive."""

    keyword: str
    sector: str
    place: Place
    removing: bool
    days: float  #: that the archive covers, of those asked for
    articles: int  #: read
    with_text: int  #: of them, those whose full text is still there
    standing: int  #: articles where the word stands
    gained: tuple[Item, ...]  #: articles that get the sector by the change, the last first
    lost: tuple[Item, ...]  #: articles that have it no more
    kept: int  #: articles where the word stands that have the sector with and without it
    found_by: tuple[tuple[str, int], ...]  #: what else speaks for the sector in these, most often first

    @property
    def per_day(self) -> float:
        """Articles gained a day."""
        return len(self.gained) / self.days

    @property
    def too_wide(self) -> bool:
        """Whether more is found than anybody reads."""
        return self.per_day > TOO_WIDE

    @property
    def without_effect(self) -> bool:
        """Whether nothing changes."""
        return not self.gained and not self.lost


def read_change(
    knowledge: Knowledge, word: str, *, sector: str | None, place: Place, removing: bool
) -> Change:
    """Understand what is asked.

    Raises:
        InputError: in French: the keyword cannot be read, the sector is unknown or not said, the word is there
            already, or is not there to be taken out.
    """
    keyword = parse_keyword(word, acronym=place is Place.ACRONYM)
    cards = {card.id: card for card in knowledge.sectors}
    holding = [card for card in cards.values() if any(_same(w, keyword) for w in _words(card))]
    if sector is None and removing and len(holding) == 1:
        sector = holding[0].id
    if removing and not holding:
        raise _nowhere(keyword.text, cards.values())
    if sector is None:
        among = holding if removing and holding else list(cards.values())
        raise InputError(
            _("Dites dans quelle filière, avec --filiere : {names}").format(
                names=", ".join(card.id for card in among)
            )
        )
    if sector not in cards:
        raise unknown_sector(sector, cards.values())
    card = cards[sector]
    if removing and card not in holding:
        raise InputError(
            _("« {word} » n’est pas un mot de la filière {sector} ; il est dans : {names}").format(
                word=keyword.text, sector=sector, names=", ".join(one.id for one in holding)
            )
        )
    if not removing and any(_same(w, keyword) for w in getattr(card, _FIELDS[place])):
        raise InputError(
            _("« {word} » est déjà un mot de la filière {sector}.").format(word=keyword.text, sector=sector)
        )
    return Change(keyword=keyword, sector=card, place=place, removing=removing)


def _nowhere(word: str, cards: Collection[Sector]) -> InputError:
    """What to say of a word to be taken out that no filière has: the nearest that one has, if any."""
    near = closest(word, {known for card in cards for known in _words(card)}, cutoff=0.75)
    if near is None:
        return InputError(_("« {word} » n’est un mot d’aucune filière.").format(word=word))
    return InputError(
        _("« {word} » n’est un mot d’aucune filière ; vouliez-vous dire « {near} » ?").format(
            word=word, near=near
        )
    )


def unknown_sector(written: str, known: Collection[Sector]) -> InputError:
    """What to say of a filière that is none: the nearest, or all there are."""
    ids = {card.id: card.id for card in known} | {card.label: card.id for card in known}
    near = closest(written, ids)
    names = ", ".join(dict.fromkeys(ids.values()))
    if near is None:
        text = _("Filière inconnue : {name} ; écrivez l’une de : {names}").format(name=written, names=names)
    else:
        text = _("Filière inconnue : {name} ; vouliez-vous dire « {near} » ?").format(
            name=written, near=ids[near]
        )
    return InputError(text)


def _words(card: Sector) -> Iterator[str]:
    for field in _FIELDS.values():
        yield from getattr(card, field)


def _same(word: str, keyword: Keyword) -> bool:
    """Whether two keywords are one (see `same_word`); what is looked for in its exact case is written so."""
    if keyword.term.exact_case:
        return word.strip() == keyword.text
    return same_word(word, keyword.text)


class _Reading:
    """The sectors of an article by one set of rules."""

    def __init__(self, rules: Rules, cards: dict[str, Source]) -> None:
        self.rules = rules
        self._cards = cards

    def sector(self, document: Document, sector: str) -> Match | None:
        source = self._cards.get(document.article.source or "")
        found = read_topics(document, self.rules, source=source).sectors
        return next((match for match in found if match.topic == sector), None)


def try_change(
    database: Database,
    change: Change,
    knowledge: Knowledge,
    sources: Iterable[Source],
    *,
    now: datetime,
    days: int,
    watch: Watch = lambda items, _total: items,
) -> Trial:
    """Read the archive of the last *days* days with and without the change. Nothing is written.

    *watch* is given the articles as they are read, and how many there are, to show how far it is.
    """
    cards = {card.id: card for card in sources}
    knowledge = replace(knowledge, places=_NOWHERE)  # no sector depends on a place, and places compile slowly
    before = _Reading(compile_rules(knowledge), cards)
    after = _Reading(compile_rules(change.apply(knowledge)), cards)
    names = Keywords(before.rules)
    finder = Phrases(change.keyword.term.forms)
    sector, since = change.sector.id, now - timedelta(days=days)
    gained: list[Item] = []
    lost: list[Item] = []
    found_by: Counter[str] = Counter()
    articles = with_text = standing = kept = 0
    with database.read() as tx:
        stored = {g.article_id: g.evidence for g in archive.sectors_given(tx, since=since, sector=sector)}
        total, oldest = archive.count(tx, since=since), archive.oldest(tx)
        for item in watch(archive.articles(tx, since=since), total):
            articles += 1
            with_text += item.has_text
            decided = None if item.has_text else stored.get(int(item.article.id))
            said = _stands(finder, item.article) or (
                decided is not None and any(_is_word(names, sector, e, change.keyword) for e in decided)
            )
            if not said:
                continue
            standing += 1
            document = Document(item.article)
            old = before.sector(document, sector)
            new = after.sector(document, sector)
            evidence = decided if decided is not None else (old.evidence if old else ())
            had = old is not None or decided is not None
            has = new is not None if decided is None else _still(decided, names, change, old, new)
            if had and has:
                kept += 1
                found_by.update(_others(evidence, names, sector, change.keyword))
            elif had or has:
                (gained if has else lost).append(_shown(document, finder))
    covered = (now - max(since, oldest)).total_seconds() / 86400 if oldest else float(days)
    return Trial(
        keyword=change.keyword.text,
        sector=sector,
        place=change.place,
        removing=change.removing,
        days=min(max(covered, 1.0), float(days)),
        articles=articles,
        with_text=with_text,
        standing=standing,
        gained=tuple(reversed(gained)),
        lost=tuple(reversed(lost)),
        kept=kept,
        found_by=tuple(found_by.most_common(FOUND_BY)),
    )


def _stands(finder: Phrases, article: Article) -> bool:
    return bool(finder.find(spaced(f"{article.title}\n{article.text}").split()))


def _is_word(names: Keywords, sector: str, evidence: Evidence, keyword: Keyword) -> bool:
    return evidence.why in WHYS and _same(names.named(sector, evidence.words), keyword)


def _still(
    decided: tuple[Evidence, ...], names: Keywords, change: Change, old: Match | None, new: Match | None
) -> bool:
    """Whether a sector decided on a text since erased would still be given.

    *old* and *new* are what the words that are left give, before and after. Without the word taken out, what the
    others weighed when the text was there decides: an estimate, as the erased text cannot be read again.
    """
    if not change.removing:
        return change.place is not Place.IGNORED or old is None or new is not None
    others = [e for e in decided if not _is_word(names, change.sector.id, e, change.keyword)]
    left = sum(evidence.weight for evidence in others)
    return len(others) == len(decided) or left >= LAST_RESORT


def _others(evidence: Iterable[Evidence], names: Keywords, sector: str, keyword: Keyword) -> set[str]:
    """What else speaks for the sector: keywords by name, firms and clusters as written."""
    said = set()
    for item in evidence:
        if item.part is Part.SOURCE:
            continue
        name = names.named(sector, item.words) if item.why in WHYS else " ".join(item.words.split())
        if not _same(name, keyword):
            said.add(name)
    return said


def _shown(document: Document, finder: Phrases) -> Item:
    """An article with the tried word marked: in its title, or else in the words around it."""
    article = document.article
    evidence = [document.evidence(start, stop, "tried") for _, start, stop in finder.find(document.words)]
    in_title = merged((e.start, e.end) for e in evidence if e.part is Part.TITLE)
    quote, marks = "", merged(())
    first = next((e for e in evidence if e.part is Part.TEXT), None)
    if not in_title and first is not None:
        quote, marks = _around(article.text, first)
    seen = article.first_seen or article.published
    return Item(
        article_id=article.id,
        day=seen.date().isoformat() if seen else "",
        title=article.title,
        title_marks=in_title,
        quote=quote,
        quote_marks=marks,
        url=article.url,
    )


def _around(text: str, evidence: Evidence) -> tuple[str, tuple[Span, ...]]:
    start, end = max(0, evidence.start - _CONTEXT), min(len(text), evidence.end + _CONTEXT)
    quote = text[start:end].replace("\n", " ")
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(head) - start
    return f"{head}{quote}{tail}", ((evidence.start + shift, evidence.end + shift),)


# --- what the keywords do ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Report:
    """What the keywords did in a period."""

    counts: tuple[KeywordCount, ...]  #: by story, most hits first; judged by readers
    dead: dict[str, tuple[str, ...]]  #: by sector: what found nothing


def report(database: Database, rules: Rules, *, since: datetime, sector: str | None = None) -> Report:
    """Count the keywords over the stories of the articles first seen since a moment."""
    names = Keywords(rules)
    words: dict[tuple[int, str], set[str]] = defaultdict(set)
    with database.read() as tx:
        for given in archive.sectors_given(tx, since=since, sector=sector):
            item = given.story_id if given.story_id is not None else -given.article_id
            words[item, given.sector].update(
                names.named(given.sector, e.words) for e in given.evidence if e.why in WHYS
            )
        verdicts = {(j.story_id, j.topic): j for j in feedback.judged(tx, (TopicKind.SECTOR,))}
    uses = []
    for (item, topic), said in words.items():
        judged = verdicts.get((item, topic))
        useful, off_topic = (judged.useful, judged.off_topic) if judged else (0, 0)
        uses.append(Use(topic, frozenset(said), judged=useful + off_topic, right=useful))
    counts = count_keywords(uses)
    silent = dead(names, counts)
    if sector is not None:
        silent = {sector: silent[sector]} if sector in silent else {}
    return Report(counts=tuple(counts), dead=silent)
