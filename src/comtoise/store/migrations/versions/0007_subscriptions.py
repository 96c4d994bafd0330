"""What readers follow: their own words, their weekends, and the index by which a story finds them

Revision: 0007, after 0006
"""

import json
from hashlib import blake2b
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CHOICES = ("quiet_weekend", "empty_days")


def upgrade() -> None:
    """Whoever wants alerts is put in the index; nobody's choices change."""
    for name in _CHOICES:
        op.add_column(
            "reader", sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
    op.create_table(
        "watch",
        sa.Column("door", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("worth_min", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reader_id", _ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name="fk_watch_reader_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("door", "worth_min", "reader_id", name="pk_watch"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_watch_reader_id", "watch", ["reader_id"])
    op.create_table(
        "word",
        sa.Column("id", _ID, nullable=False),
        sa.Column("text", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_word"),
        sa.UniqueConstraint("text", name="uq_word_text"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "word_hit",
        sa.Column("article_id", _ID, autoincrement=False, nullable=False),
        sa.Column("word_id", _ID, autoincrement=False, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_word_hit_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["word_id"], ["word.id"], name="fk_word_hit_word_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "word_id", name="pk_word_hit"),
    )
    op.create_index("ix_word_hit_word_id", "word_hit", ["word_id"])
    op.create_table(
        "edition",
        sa.Column("id", _ID, nullable=False),
        sa.Column("composed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
    )
    op.create_table(
        "edition_story",
        sa.Column("story_id", _ID, autoincrement=False, nullable=False),
        sa.Column("edition_id", _ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_edition_story_edition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", "edition_id", name="pk_edition_story"),
    )
    op.create_index("ix_edition_story_edition_id", "edition_story", ["edition_id"])
    op.add_column("digest", sa.Column("edition_id", _ID, nullable=True))
    op.create_index("ix_digest_edition_id", "digest", ["edition_id"])
    op.create_index("ix_reader_timezone", "reader", ["timezone"])
    op.create_index("ix_delivery_day", "delivery", ["reader_id", "created_at"])
    op.drop_index("ix_delivery_reader_id", table_name="delivery")
    _share_digests()
    op.drop_column("digest", "content")  # in place: a table made anew would take what depends on it along
    _index_readers()


def _share_digests() -> None:
    """Each digest that says something becomes an edition of its own, under its own number."""
    bind = op.get_bind()
    op.execute(
        "INSERT INTO edition (id, composed_at, content)"
        " SELECT id, composed_at, content FROM digest WHERE content IS NOT NULL"
    )
    op.execute("UPDATE digest SET edition_id = id WHERE content IS NOT NULL")
    if bind.dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('edition', 'id'), coalesce(max(id), 0) + 1) FROM edition"
        )
    told = sa.table("edition_story", sa.column("story_id"), sa.column("edition_id"))
    for edition_id, content in bind.execute(sa.text("SELECT id, content FROM edition")).all():
        digest = json.loads(content)
        members = [
            *digest["highlights"],
            *(story for each in digest["sections"] for story in each["stories"]),
        ]
        stories = sorted({int(story["id"]) for story in members if story["id"].isdecimal()})
        if stories:
            op.bulk_insert(told, [{"story_id": story, "edition_id": edition_id} for story in stories])


def _index_readers() -> None:
    """The doors of those who want alerts already; as `comtoise.store.watch` makes them, at this revision."""
    watch = sa.table("watch", sa.column("door"), sa.column("worth_min"), sa.column("reader_id"))
    rows = op.get_bind().execute(
        sa.text(
            "SELECT reader.id, reader.worth_min, follow.kind, follow.topic FROM reader"
            " JOIN follow ON follow.reader_id = reader.id"
            " WHERE reader.rhythms LIKE '%instant%' ORDER BY reader.id"
        )
    )
    for (reader_id, worth_min), follows in groupby(rows, key=lambda row: (row[0], row[1])):
        topics = [(kind, topic) for _, _, kind, topic in follows]
        places = [topic for kind, topic in topics if kind == "departement"] or [""]
        doors = {
            _door(kind, topic, place) for kind, topic in topics if kind != "departement" for place in places
        }
        if doors:
            op.bulk_insert(
                watch,
                [{"door": door, "worth_min": worth_min, "reader_id": reader_id} for door in sorted(doors)],
            )


def _door(kind: str, topic: str, place: str) -> int:
    digest = blake2b(f"{kind}\n{topic}\n{place}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def downgrade() -> None:
    """Words, exclusions and the choices of weekends are lost; who had only words follows everything again."""
    follow = sa.table("follow", sa.column("kind"))
    op.execute(follow.delete().where(follow.c.kind.in_(["word", "exclusion"])))
    op.execute(
        "INSERT INTO follow (kind, topic, reader_id) SELECT 'all', '*', id FROM reader WHERE NOT EXISTS"
        " (SELECT 1 FROM follow WHERE follow.reader_id = reader.id AND follow.kind <> 'departement')"
    )
    op.add_column("digest", sa.Column("content", sa.Text(), nullable=True))
    op.execute(
        "UPDATE digest SET content = (SELECT content FROM edition WHERE edition.id = digest.edition_id)"
    )
    op.create_index("ix_delivery_reader_id", "delivery", ["reader_id"])
    op.drop_index("ix_delivery_day", table_name="delivery")
    op.drop_index("ix_reader_timezone", table_name="reader")
    op.drop_index("ix_digest_edition_id", table_name="digest")
    op.drop_column("digest", "edition_id")
    for name in ("edition_story", "edition", "word_hit", "word", "watch"):
        op.drop_table(name)
    for name in _CHOICES:
        op.drop_column("reader", name)
