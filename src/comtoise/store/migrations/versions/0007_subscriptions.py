"""What readers follow: their own words, their weekends, and the index by which a story finds them

Revision: 0007, after 0006
"""

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
        op.add_column("reader", sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False))
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
    _index_readers()


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
    """Words, exclusions and the choices of weekends are lost."""
    follow = sa.table("follow", sa.column("kind"))
    op.execute(follow.delete().where(follow.c.kind.in_(["word", "exclusion"])))
    for name in ("word_hit", "word", "watch"):
        op.drop_table(name)
    with op.batch_alter_table("reader") as table:
        for name in _CHOICES:
            table.drop_column(name)
