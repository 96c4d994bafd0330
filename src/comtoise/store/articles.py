"""Articles: entries kept, one per identity, with what was understood of them.

Identity is layered: the guid within its source, then the canonical address across sources. A guid that
many entries of one poll share, or that comes back with another address and another title, is no identity.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import flag_modified

from comtoise.model import Article, Entry, Match, Page, TopicKind, Understanding
from comtoise.store.database import Tx
from comtoise.store.prepared import Prepared
from comtoise.store.shelf import Place, Shelf
from comtoise.store.tables import (
    ArticleRow,
    ArticleVersionRow,
    Base,
    DeliveryRow,
    MatchRow,
    SourceRow,
    StoryRow,
)

KEY_MAX = 600  #: characters of a guid or address kept as they are
PAGE_ATTEMPTS_MAX = 8  #: at twice the distance each time: about ten hours, as long as a site may be down
PAGE_PATIENCE = timedelta(minutes=20)  #: an article is understood without its page after this
_MATCHES = Base.metadata.tables[MatchRow.__tablename__]  # rows by the dozen: plain statements, made once
_FORGET_MATCHES = Prepared(delete(_MATCHES).where(_MATCHES.c.article_id == bindparam("id")))
_ADD_MATCHES = Prepared(
    insert(_MATCHES), "article_id", "kind", "topic", "label", "score", "accepted", "evidence", "slots"
)
_ARTICLES = Base.metadata.tables[ArticleRow.__tablename__]


class _Waiting(NamedTuple):
    """The columns that understanding an article asks for."""

    id: int
    url: str | None
    source_id: str
    title: str
    extract: str
    text: str | None
    language: str
    published: datetime | None
    first_seen: datetime
    silent: bool
    paywalled: bool
    story_id: int | None
    because: str | None


_PENDING = Prepared(
    select(*(_ARTICLES.c[name] for name in _Waiting._fields))
    .where(
        _ARTICLES.c.understood_at.is_(None),
        or_(
            _ARTICLES.c.page_state != "wanted",
            _ARTICLES.c.first_seen <= bindparam("waited_since"),
        ),
    )
    .order_by(_ARTICLES.c.first_seen, _ARTICLES.c.id)
    .limit(bindparam("most"))
)
_READ = Prepared(
    select(*(_ARTICLES.c[name] for name in ("title", "text", "extract", "language", "published")))
    .where(_ARTICLES.c.id == bindparam("of"))
    .with_for_update()
)
_UNDERSTOOD = Prepared(
    update(_ARTICLES).where(_ARTICLES.c.id == bindparam("of")),
    *("understood_at", "worth", "story_id", "because", "features"),
)
_LEFT = select(SourceRow.id).where(SourceRow.active.is_(False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry ready to be kept."""

    entry: Entry
    canonical: str | None  #: canonical address; None when the entry has no address of an article
    address: str | None  #: the address to read it at: as found, without what tracks its reader
    extract: str  #: at most what the source's card allows of the publisher's words
    text: str  #: what the source lists of the body, to understand the article
    wants_page: bool  #: the page may be fetched, and would say more
    paywalled: bool = False
    old: bool = False  #: unknown to us and no news: kept without alerting


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of the entries of one poll."""

    new: tuple[int, ...]  #: article ids
    edited: tuple[int, ...]
    listed: tuple[Entry, ...] = ()  #: entries of articles that this source had never listed, whoever had


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An article to be understood and grouped."""

    article: Article
    source_id: str
    silent: bool
    paywalled: bool
    story_id: int | None  #: set when it was understood before and its words changed since
    because: str | None  #: why it is in that story
    words: str  #: a hash of what was read, for `still`


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJob:
    """A page to fetch."""

    article_id: int
    source_id: str
    url: str
    attempts: int


def keep(tx: Tx, source_id: str, found: Sequence[Found], *, now: datetime, silent: bool) -> Kept:
    """Store what is new among the entries of one poll and follow what was edited.

    Nothing is lost: an entry without address, or whose guid serves another article, becomes an article of
    its own. Nothing comes twice: the unique identity decides.
    """
    shared = Counter(item.entry.guid for item in found if item.entry.guid)
    # What is listed twice is one article; several articles at one address differ by their words.
    said = {(item.canonical or item.entry.url, item.entry.title, item.extract) for item in found}
    places = Counter(place for place, _title, _extract in said)
    wanted: list[tuple[Found, str, str | None]] = []
    for item in found:
        guid = item.entry.guid if item.entry.guid and shared[item.entry.guid] == 1 else None
        own = places[item.canonical or item.entry.url] == 1
        wanted.append((item, _identity(source_id, item, guid, own=own), short_key(guid) if guid else None))
    shelf = Shelf(tx, source_id, ((identity, guid) for _item, identity, guid in wanted))
    edited: list[int] = []
    listed: list[Entry] = []
    done: set[Place] = set()
    for item, identity, guid in wanted:
        place = _known(shelf, item, identity, guid)
        if place is None:
            place = shelf.add(_new(source_id, item, identity, now=now, silent=silent or item.old))
        elif (
            place.id is not None  # None: new in this very poll
            and place not in done
            and place.source_id == source_id
            and _edited(tx, place.id, place, item, now)
        ):
            edited.append(place.id)
        if shelf.sight(place, guid or identity) and place not in done:
            listed.append(item.entry)
        done.add(place)
    return Kept(new=shelf.store(now), edited=tuple(edited), listed=tuple(listed))


def _identity(source_id: str, item: Found, guid: str | None, *, own: bool) -> str:
    """The canonical address, unless several entries of the poll share it or it is none of an article's."""
    if item.canonical and own:
        return short_key(item.canonical)
    said = guid or f"{item.canonical or item.entry.url}\n{item.entry.title}\n{item.entry.summary}"
    return f"urn:comtoise:{source_id}:{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def short_key(key: str) -> str:
    """A key that an index can hold: long ones are hashed (PostgreSQL takes about 2,700 bytes)."""
    if len(key) <= KEY_MAX:
        return key
    return f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def _known(shelf: Shelf, item: Found, identity: str, guid: str | None) -> Place | None:
    place = shelf.of_identity(identity)
    if place is not None or guid is None:
        return place
    for place in shelf.of_guid(guid):
        # The same guid at another address: the site moved or renamed its page if the words are the same,
        # otherwise the publisher reused the guid for something new.
        if place.title == item.entry.title or (item.extract and place.extract == item.extract):
            return place
    return None


def _new(source_id: str, item: Found, identity: str, *, now: datetime, silent: bool) -> dict[str, Any]:
    entry = item.entry
    return {
        "identity": identity,
        "url": item.address,
        "source_id": source_id,
        "title": entry.title,
        "extract": item.extract,
        "text": item.text,
        "language": entry.language or "fr",
        "published": entry.published,
        "updated": entry.updated,
        "first_seen": now,
        "paywalled": item.paywalled,
        "silent": silent,
        "page_state": "wanted" if item.wants_page else "none",
        "page_due_at": now if item.wants_page else None,
        "page_attempts": 0,
        "worth": 0,
    }


def _edited(tx: Tx, article_id: int, place: Place, item: Found, now: datetime) -> bool:
    # What the source does not say takes nothing away: a sitemap has no titles, the page gave them.
    title, extract = item.entry.title or place.title, item.extract or place.extract
    if place.page_state == "reserved":  # by the page, although the list says more
        extract = place.extract
    if place.title == title and place.extract == extract:
        return False
    row = tx.get_one(ArticleRow, article_id)
    tx.add(ArticleVersionRow(article_id=row.id, title=row.title, extract=row.extract, until=now))
    row.title, row.extract = place.title, place.extract = title, extract
    row.updated = item.entry.updated or row.updated
    if row.page_state == "none":
        row.text = item.text
    _read_again(row)  # what was sent is never sent twice (unique key of the outbox)
    return True


def _read_again(row: ArticleRow) -> None:
    row.understood_at = None
    # Written also when it was pending already: it may be understood, in its old words, as we speak.
    flag_modified(row, "understood_at")


def pages_due(
    tx: Tx, now: datetime, *, limit: int, skip: Iterable[int] = (), skip_sources: Iterable[str] = ()
) -> list[PageJob]:
    """The pages to fetch, oldest first; *skip* names articles already in flight.

    Not those of a source that has left the configuration: it is no longer visited.
    """
    rows = tx.scalars(
        select(ArticleRow)
        .where(
            ArticleRow.page_state == "wanted",
            ArticleRow.page_due_at <= now,
            ArticleRow.id.not_in(list(skip)),
            ArticleRow.source_id.not_in(list(skip_sources)),
            ArticleRow.source_id.not_in(_LEFT),
            ArticleRow.url.is_not(None),
        )
        .order_by(ArticleRow.page_due_at, ArticleRow.id)
        .limit(limit)
    )
    return [
        PageJob(article_id=row.id, source_id=row.source_id, url=row.url or "", attempts=row.page_attempts)
        for row in rows
    ]


def page_read(tx: Tx, article_id: int, page: Page) -> None:
    """Take over what the page says: its text, its dates where the source gave none, its paywall."""
    row = tx.get_one(ArticleRow, article_id)
    row.page_state, row.page_due_at = "done", None
    if page.text and len(page.text) > len(row.text or ""):
        row.text = page.text
    if page.tdm_reserved:
        row.text = row.extract
    row.published = row.published or page.published
    row.updated = page.updated or row.updated
    row.paywalled = row.paywalled or page.paywalled
    if not row.title:
        row.title = page.title
    _read_again(row)  # also when it was understood without its page: its words are known now


def page_failed(tx: Tx, article_id: int, *, retry_at: datetime | None) -> None:
    """Try again at *retry_at*; None, or too many tries, makes do with what the source listed."""
    row = tx.get_one(ArticleRow, article_id)
    row.page_attempts += 1
    if retry_at is None or row.page_attempts >= PAGE_ATTEMPTS_MAX:
        row.page_state, row.page_due_at = "failed", None
    else:
        row.page_due_at = retry_at


def title_only(tx: Tx, article_id: int, *, title: str = "") -> None:
    """Keep of an article its title (or else *title*) and its link: its publisher reserves the rest."""
    row = tx.get_one(ArticleRow, article_id)
    row.title = row.title or title
    row.extract = row.text = ""
    row.page_state, row.page_due_at = "reserved", None
    _read_again(row)


def forgo_pages(tx: Tx, source_id: str) -> None:
    """Fetch none of the pages that a source's articles still wait for, and keep their titles and links only."""
    tx.execute(
        update(ArticleRow)
        .where(ArticleRow.source_id == source_id, ArticleRow.page_state == "wanted")
        .values(page_state="reserved", page_due_at=None, text="", extract="")
    )


def give_up_page(tx: Tx, article_id: int) -> None:
    """Make do with what the source listed of an article, if it is still there."""
    row = tx.get(ArticleRow, article_id)
    if row is not None:
        row.page_state, row.page_due_at = "failed", None


def postpone_pages(tx: Tx, source_id: str, until: datetime) -> None:
    """Leave the pages of a source alone until a moment."""
    tx.execute(
        update(ArticleRow)
        .where(ArticleRow.source_id == source_id, ArticleRow.page_state == "wanted")
        .values(page_due_at=until)
    )


def postpone_pages_at(tx: Tx, origin: str, until: datetime) -> None:
    """Leave the pages of a host (``https://gazette.example``) alone until a moment: it asked for peace."""
    tx.execute(
        update(ArticleRow)
        .where(
            ArticleRow.page_state == "wanted",
            ArticleRow.page_due_at < until,
            ArticleRow.url.startswith(f"{origin}/", autoescape=True),
        )
        .values(page_due_at=until)
    )


def pending(tx: Tx, now: datetime, *, limit: int, skip: Iterable[int] = ()) -> list[Pending]:
    """Articles to understand: their page was read, or is not wanted, or has been waited for long enough.

    *skip* names those that could not be understood just now.
    """
    skipped = set(skip)
    asked = {"waited_since": now - PAGE_PATIENCE, "most": limit + len(skipped)}
    rows = map(_Waiting._make, _PENDING.rows(tx, asked))
    return [pending_of(row) for row in rows if row.id not in skipped][:limit]


def pending_of(row: ArticleRow | _Waiting) -> Pending:
    """A row as what is to be understood, or understood again."""
    return Pending(
        article=_article(row),
        source_id=row.source_id,
        silent=row.silent,
        paywalled=row.paywalled,
        story_id=row.story_id,
        because=row.because,
        words=_words(row.title, row.text, row.extract, row.language, row.published),
    )


def _words(*read: str | datetime | None) -> str:
    return hashlib.sha256(repr(read).encode()).hexdigest()


def still(tx: Tx, item: Pending) -> bool:
    """Whether an article says what it said when it was taken; if so nothing edits it until *tx* ends.

    What was understood of other words is not worth keeping: the article is still pending, and read again.
    """
    row = _READ.row(tx, {"of": int(item.article.id)})
    return row is not None and _words(*row) == item.words


def understood(
    tx: Tx,
    article_id: int,
    understanding: Understanding,
    *,
    story_id: int,
    because: str | None,
    features: str,
    at: datetime,
    again: bool = True,
) -> None:
    """Store what was decided of an article. The caller enqueues alerts in the same transaction.

    *again* says that it may have been understood before.
    """
    if again:
        _FORGET_MATCHES.run(tx, {"id": article_id})
    found = [
        {
            "article_id": article_id,
            "kind": match.kind.value,
            "topic": match.topic,
            "label": match.label,
            "score": match.score,
            "accepted": accepted,
            "evidence": match.evidence,
            "slots": match.slots,
        }
        for accepted, matches in ((True, understanding.matches), (False, understanding.near_misses))
        for match in matches
    ]
    if found:
        _ADD_MATCHES.run(tx, found)
    decided = {
        "of": article_id,
        "understood_at": at,
        "worth": understanding.worth,
        "story_id": story_id,
        "because": because,
        "features": features,
    }
    _UNDERSTOOD.run(tx, decided)


def matches_of(tx: Tx, article_ids: Iterable[int]) -> dict[int, tuple[Match, ...]]:
    """The accepted matches of each article."""
    rows = tx.scalars(
        select(MatchRow)
        .where(MatchRow.article_id.in_(list(article_ids)), MatchRow.accepted)
        .order_by(MatchRow.article_id, MatchRow.id)
    )
    found: dict[int, list[Match]] = {}
    for row in rows:
        found.setdefault(row.article_id, []).append(match_of(row))
    return {article_id: tuple(matches) for article_id, matches in found.items()}


def match_of(row: MatchRow) -> Match:
    """A stored match as a value."""
    return Match(
        kind=TopicKind(row.kind),
        topic=row.topic,
        score=row.score,
        evidence=row.evidence,
        label=row.label,
        slots=row.slots,
    )


def filtered_between(tx: Tx, since: datetime, until: datetime) -> int:
    """How many articles were read and found to be noise in a period."""
    return (
        tx.scalar(
            select(func.count())
            .select_from(ArticleRow)
            .where(
                ArticleRow.first_seen >= since,
                ArticleRow.first_seen < until,
                ArticleRow.understood_at.is_not(None),
                ArticleRow.worth == 0,
            )
        )
        or 0
    )


def understood_all(tx: Tx) -> list[tuple[Article, int]]:
    """Every article that was understood, with its worth; for small archives."""
    rows = tx.scalars(select(ArticleRow).where(ArticleRow.understood_at.is_not(None)))
    return [(_article(row), row.worth) for row in rows]


def latest(tx: Tx, *, limit: int) -> list[Article]:
    """The articles found last, in the order their source listed them."""
    rows = tx.scalars(select(ArticleRow).order_by(ArticleRow.first_seen.desc(), ArticleRow.id).limit(limit))
    return [_article(row) for row in rows]


def forget_texts(tx: Tx, *, before: datetime, except_sources: Iterable[str]) -> int:
    """Erase the full texts of articles first seen before a moment; return how many were erased.

    Sources whose licence allows keeping the text are named in *except_sources*.
    """
    result = tx.execute(
        update(ArticleRow)
        .where(
            ArticleRow.first_seen < before,
            ArticleRow.text.is_not(None),
            ArticleRow.understood_at.is_not(None),
            ArticleRow.source_id.not_in(list(except_sources)),
        )
        .values(text=None)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def forget_old(tx: Tx, *, before: datetime) -> int:
    """Erase articles first seen before a moment, with their matches, and stories left without article."""
    old = select(ArticleRow.id).where(ArticleRow.first_seen < before)
    erased = tx.execute(delete(ArticleRow).where(ArticleRow.id.in_(old)))
    into = aliased(StoryRow)
    empty = select(StoryRow.id).where(
        ~exists().where(ArticleRow.story_id == StoryRow.id),
        ~exists().where(into.id == StoryRow.merged_into),  # messages sent still name what was merged
    )
    tx.execute(delete(DeliveryRow).where(DeliveryRow.story_id.in_(empty)))
    tx.execute(delete(StoryRow).where(StoryRow.id.in_(empty)))
    return int(erased.rowcount)  # type: ignore[attr-defined]


def _article(row: ArticleRow | _Waiting) -> Article:
    return Article(
        id=str(row.id),
        url=row.url,
        title=row.title,
        text=row.text or row.extract,
        source=row.source_id,
        language=row.language,
        published=row.published,
        first_seen=row.first_seen,
    )
