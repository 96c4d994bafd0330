"""The tables. One row class per stored thing; nothing above the store sees them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from comtoise.model import Digest, Evidence, RightsSign, SignalSlots
from comtoise.polling import History
from comtoise.store.types import Document, UtcDateTime

Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Names every constraint, so that a migration can find it again on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, int: Id, str: Text}  # noqa: RUF012 (read by SQLAlchemy)


class SourceRow(Base):
    """What polling a source has taught, beside its card in the configuration."""

    __tablename__ = "source"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    name: Mapped[str]
    url: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)  #: still in the configuration
    next_due_at: Mapped[datetime] = mapped_column(index=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None]
    unconditional_at: Mapped[datetime | None]  #: last fetch without validators
    polls: Mapped[int] = mapped_column(default=0)
    first_success_at: Mapped[datetime | None]  #: None: the next success seeds without alerting
    last_polled_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_new_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)  #: in a row
    error_kind: Mapped[str | None]
    error_text: Mapped[str | None]
    robots_verdict: Mapped[str | None]
    tdm_reserved: Mapped[bool | None]
    rights_checked_at: Mapped[datetime | None]
    rights_signs: Mapped[tuple[RightsSign, ...] | None] = mapped_column(Document(tuple[RightsSign, ...]))
    crashes: Mapped[int] = mapped_column(
        Integer, default=0, server_default="0"
    )  #: of the collector, in a row
    set_apart_until: Mapped[datetime | None]
    history: Mapped[History | None] = mapped_column(Document(History), deferred=True)  #: at its last new item
    shown: Mapped[int | None] = mapped_column(Integer)  #: entries, when it was last read
    shown_usual: Mapped[float | None]
    losses: Mapped[int] = mapped_column(Integer, default=0, server_default="0")  #: windows wholly replaced
    last_loss_at: Mapped[datetime | None]
    wait_most_s: Mapped[int | None] = mapped_column(Integer)  #: longest interval, for a time after a loss
    trouble_kind: Mapped[str | None] = mapped_column(String(40))  #: of the episode that lasts
    trouble_text: Mapped[str | None]
    trouble_since: Mapped[datetime | None]
    trouble_polls: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    trouble_told_at: Mapped[datetime | None]  #: since when a person is needed
    polled_url: Mapped[str | None]  #: where it was found to be; None: the card's address
    polled_kind: Mapped[str | None] = mapped_column(String(10))
    address_how: Mapped[str | None] = mapped_column(String(10))  #: moved, announced, usual, none
    address_found_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]  #: for a feed, last
    move_to: Mapped[str | None]  #: a permanent redirect that is not yet believed
    move_seen: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    move_first_at: Mapped[datetime | None]
    move_last_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]  #: first 410 in a row
    gone_at: Mapped[datetime | None]  #: 410 confirmed: polled once a week
    recovered: Mapped[int] = mapped_column(Integer, default=0, server_default="0")  #: entries, from archives


class SitemapRow(Base):
    """A sitemap that a source's index names, as it was when it was read."""

    __tablename__ = "sitemap"

    source_id: Mapped[str] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    url: Mapped[str] = mapped_column(String(600), primary_key=True)
    lastmod: Mapped[str | None]  #: as the index spelt it
    read_at: Mapped[datetime]
    newest: Mapped[datetime | None]  #: the newest date in it


class ListedRow(Base):
    """An address that a source's sitemap lists: there for years, it is news once."""

    __tablename__ = "listed"

    source_id: Mapped[str] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)  #: hash, 63 bits

    __table_args__ = ({"sqlite_with_rowid": False},)


class HostRow(Base):
    """What a host has asked of us: its robots.txt, its reservation of text and data mining."""

    __tablename__ = "host"

    origin: Mapped[str] = mapped_column(String(300), primary_key=True)  #: scheme://host:port
    robots_body: Mapped[str | None]
    robots_status: Mapped[int | None] = mapped_column(Integer)
    robots_at: Mapped[datetime | None]
    tdm_body: Mapped[str | None]
    tdm_at: Mapped[datetime | None]


class HubRow(Base):
    """A source's subscription at the hub that announces its news (WebSub)."""

    __tablename__ = "hub"

    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), primary_key=True)
    hub: Mapped[str]
    topic: Mapped[str]
    callback: Mapped[str] = mapped_column(String(64), unique=True)  #: our address, and the hub's password
    secret: Mapped[str]
    state: Mapped[str] = mapped_column(String(10))  #: wanted, active, denied, dropped
    next_try_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]  #: the last time it announced news
    failures: Mapped[int] = mapped_column(Integer, default=0)  #: requests in a row without a grant
    reason: Mapped[str | None]


class StoryRow(Base):
    """A story; its articles point at it."""

    __tablename__ = "story"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_seen: Mapped[datetime] = mapped_column(index=True)
    last_seen: Mapped[datetime] = mapped_column(index=True)
    tellable_at: Mapped[datetime | None] = mapped_column(index=True)  #: since when it is worth telling
    worth: Mapped[int] = mapped_column(Integer, default=0)
    saga: Mapped[str | None]
    merged_into: Mapped[int | None]  #: by hand: its articles are now in that story
    split_from: Mapped[int | None]  #: by hand: its articles were in that story, which may be gone


class MarkRow(Base):
    """A moment that the desk keeps: `settled`, of the last delivery settled."""

    __tablename__ = "mark"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]


class StoryVerdictRow(Base):
    """What a person decided of two articles: one story, or two. The lower article id comes first."""

    __tablename__ = "story_verdict"

    one_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    together: Mapped[bool]
    at: Mapped[datetime]


class ArticleRow(Base):
    """An article: one per identity (canonical address, or the source's own id when it gives none)."""

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(unique=True)
    url: Mapped[str | None]
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), index=True)
    title: Mapped[str]
    extract: Mapped[str] = mapped_column(default="")
    text: Mapped[str | None]  #: erased after 72 h unless the card's licence allows keeping it
    language: Mapped[str] = mapped_column(default="fr")
    published: Mapped[datetime | None]
    updated: Mapped[datetime | None]
    first_seen: Mapped[datetime] = mapped_column(index=True)
    paywalled: Mapped[bool] = mapped_column(default=False)
    silent: Mapped[bool] = mapped_column(default=False)  #: found when the source was first read: never alerts
    page_state: Mapped[str] = mapped_column(
        String(10), default="none"
    )  #: none, wanted, done, failed, reserved
    page_attempts: Mapped[int] = mapped_column(Integer, default=0)
    page_due_at: Mapped[datetime | None]
    understood_at: Mapped[datetime | None]
    worth: Mapped[int] = mapped_column(Integer, default=0)
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)
    because: Mapped[str | None]
    features: Mapped[str | None]  #: what grouping needs, JSON of comtoise.stories

    __table_args__ = (
        Index("ix_article_pending", "first_seen", postgresql_where=sql("understood_at IS NULL"),
              sqlite_where=sql("understood_at IS NULL")),
        Index("ix_article_page", "page_due_at", postgresql_where=sql("page_state = 'wanted'"),
              sqlite_where=sql("page_state = 'wanted'")),
    )  # fmt: skip


class SightingRow(Base):
    """An entry of a source that led to an article: the guid's identity is within its source."""

    __tablename__ = "sighting"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    guid: Mapped[str]
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), index=True)
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]

    __table_args__ = (UniqueConstraint("source_id", "guid", "article_id"),)


class ArticleVersionRow(Base):
    """A title or summary that an article had before its source edited it."""

    __tablename__ = "article_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    extract: Mapped[str]
    until: Mapped[datetime]


class MatchRow(Base):
    """A topic given to an article, or narrowly refused."""

    __tablename__ = "match"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    topic: Mapped[str] = mapped_column(String(100))
    label: Mapped[str]
    score: Mapped[float]
    accepted: Mapped[bool]
    evidence: Mapped[tuple[Evidence, ...]] = mapped_column(Document(tuple[Evidence, ...]))
    slots: Mapped[SignalSlots | None] = mapped_column(Document(SignalSlots))

    __table_args__ = (Index("ix_match_kind_topic", "kind", "topic", "article_id"),)


class StoryKeyRow(Base):
    """A key under which a story is looked up when a new article arrives.

    Clustered by fortnight, then key: a look-up reads a few fortnights, a new article writes into one, and what
    is older costs nothing but disk.
    """

    __tablename__ = "story_key"

    fortnight: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False
    )  #: day number // 14
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    story_id: Mapped[int]  #: that of the article, beside the key so that a look-up reads nothing else

    __table_args__ = (Index("ix_story_key_article", "article_id"), {"sqlite_with_rowid": False})


class ReaderRow(Base):
    """A person or chat that receives. No name is kept."""

    __tablename__ = "reader"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(10), default="fr")
    timezone: Mapped[str] = mapped_column(String(40), default="Europe/Paris", index=True)
    paused: Mapped[bool] = mapped_column(default=False)
    disabled_reason: Mapped[str | None]
    disabled_at: Mapped[datetime | None]
    strikes: Mapped[int] = mapped_column(Integer, default=0)
    first_strike_at: Mapped[datetime | None]
    bounce_score: Mapped[float] = mapped_column(
        default=0.0
    )  #: of mails that came back, at most one a day counted
    bounced_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]  #: None: asked for by mail, and not yet confirmed from that mailbox
    asked_at: Mapped[
        datetime | None
    ]  #: when the question was put whose answer confirms; earlier ones are void
    last_contact_at: Mapped[datetime]
    rhythms: Mapped[str] = mapped_column(default="daily")  #: comma-separated, sorted
    quiet_from: Mapped[str | None] = mapped_column(String(5))
    quiet_to: Mapped[str | None] = mapped_column(String(5))
    quiet_weekend: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    empty_days: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    alerts_per_day: Mapped[int] = mapped_column(Integer, default=5)
    worth_min: Mapped[int] = mapped_column(Integer, default=1)

    __table_args__ = (UniqueConstraint("channel", "address"),)


class FollowRow(Base):
    """A topic that a reader follows, a place that restricts them, a word of his own or one that he excludes.

    A reader who follows no sector, cluster, company, signal or word has one row of kind ``all``.
    """

    __tablename__ = "follow"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    topic: Mapped[str] = mapped_column(String(100), primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index("ix_follow_reader_id", "reader_id"),)


class WatchRow(Base):
    """A door through which a story finds a reader who wants alerts: something followed, in a département.

    The inverted index of the subscriptions: one row for each topic and département of a reader, so that a story
    reads the rows of its own topics in its own départements, and of these only the readers who are to have it.
    Made from the choices kept in ``follow``.
    """

    __tablename__ = "watch"

    door: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False
    )  #: hash of (kind, topic, département or empty)
    worth_min: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    reader_id: Mapped[int] = mapped_column(
        ForeignKey("reader.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )

    __table_args__ = (Index("ix_watch_reader_id", "reader_id"), {"sqlite_with_rowid": False})


class WordRow(Base):
    """A word of which a reader made a subscription or an exclusion, once for all readers."""

    __tablename__ = "word"

    id: Mapped[int] = mapped_column(
        primary_key=True
    )  #: never used again, so that the last one dates the whole
    text: Mapped[str] = mapped_column(String(100), unique=True)

    __table_args__ = ({"sqlite_autoincrement": True},)


class WordHitRow(Base):
    """A reader's word that stands in an article, with the place where it does."""

    __tablename__ = "word_hit"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    word_id: Mapped[int] = mapped_column(
        ForeignKey("word.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    evidence: Mapped[tuple[Evidence, ...]] = mapped_column(Document(tuple[Evidence, ...]))


class EditionRow(Base):
    """What a digest says; all readers to whom a slot says the same share one."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    composed_at: Mapped[datetime]
    content: Mapped[Digest] = mapped_column(Document(Digest))


class EditionStoryRow(Base):
    """A story that an edition tells."""

    __tablename__ = "edition_story"

    story_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )


class DigestRow(Base):
    """A composed digest: one per reader and slot."""

    __tablename__ = "digest"

    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id", ondelete="CASCADE"))
    rhythm: Mapped[str] = mapped_column(String(10))
    slot_key: Mapped[str] = mapped_column(String(20))
    composed_at: Mapped[datetime]
    edition_id: Mapped[int | None] = mapped_column(index=True)  #: None: the slot had nothing to say

    __table_args__ = (UniqueConstraint("reader_id", "rhythm", "slot_key"),)


DUE = "state IN ('waiting', 'unknown')"  #: the rows to claim, spelt as the query spells it
OPEN = "state IN ('waiting', 'unknown', 'sending')"  #: those that hold back a reader's later ones

OWED = "state = 'merged' AND reason = 'expired'"  #: what the next digest is to tell


class DeliveryRow(Base):
    """The outbox."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)  #: what this is, for whom: made once
    kind: Mapped[str] = mapped_column(String(10))
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id", ondelete="CASCADE"))
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    maybe_repeat: Mapped[bool] = mapped_column(default=False)
    interruptions: Mapped[int] = mapped_column(Integer, default=0, server_default=sql("0"))
    message_ref: Mapped[str | None]
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]  #: of this claim: the moment before which nothing can have arrived
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_delivery_due", "not_before", "id", postgresql_where=sql(DUE), sqlite_where=sql(DUE)),
        Index("ix_delivery_open", "reader_id", "id", postgresql_where=sql(OPEN), sqlite_where=sql(OPEN)),
        Index("ix_delivery_owed", "reader_id", postgresql_where=sql(OWED), sqlite_where=sql(OWED)),
        Index("ix_delivery_day", "reader_id", "created_at"),
    )


class LeaseRow(Base):
    """Who leads the database: one row, named ``service``, made by the migration."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    epoch: Mapped[int] = mapped_column(
        Integer
    )  #: of the present leader; a write of an earlier one is refused
    holder: Mapped[str | None]  #: machine and process, for people
    until: Mapped[datetime | None]  #: None: given back


class FeedbackRow(Base):
    """What a reader said of a story, or of one topic of it: useful, or off topic."""

    __tablename__ = "feedback"

    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id", ondelete="CASCADE"), primary_key=True)
    story_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(String(12), primary_key=True, server_default="")  #: empty: the story
    topic: Mapped[str] = mapped_column(String(100), primary_key=True, server_default="")
    verdict: Mapped[str] = mapped_column(String(12))  #: useful, off-topic
    at: Mapped[datetime]


class ForgottenRow(Base):
    """A keyed hash of an address that must never be written to again."""

    __tablename__ = "forgotten"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(
        String(10), default="erased"
    )  #: erased: he asked for it; gone: no longer there


class DraftRow(Base):
    """What an editor changed in the digest of a slot; story 0 is his note."""

    __tablename__ = "draft"

    slot_key: Mapped[str] = mapped_column(String(20), primary_key=True)
    story_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    what: Mapped[str] = mapped_column(String(10))  #: promote, demote, remove, note
    text: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]


class ConfigVersionRow(Base):
    """A state of config.yaml that was in use: who made it, when, and the whole text."""

    __tablename__ = "config_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(100))
    sha: Mapped[str] = mapped_column(String(64), index=True)  #: of the file's bytes
    text: Mapped[str]


class NoticeRow(Base):
    """Something the desk's administrators must know; told once."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(
        String(200), unique=True
    )  #: what happened, to what: an episode is told once
    text: Mapped[str]
    at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class MuteRow(Base):
    """What a reader wants to hear no more of, for a time or for good."""

    __tablename__ = "mute"

    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)  #: of a topic, or « source »
    topic: Mapped[str] = mapped_column(String(100), primary_key=True)
    until: Mapped[datetime | None]  #: None: for good

    __table_args__ = (Index("ix_mute_kind_topic", "kind", "topic"),)


class AuditRow(Base):
    """What an administrator did to the desk."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str] = mapped_column(String(100))
    what: Mapped[str]  #: one French sentence


class KeyRow(Base):
    """A secret of the desk, made by itself."""

    __tablename__ = "key"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str]
