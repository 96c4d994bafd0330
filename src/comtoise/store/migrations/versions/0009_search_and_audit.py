"""Full-text search, what readers mute, and who changed what

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


# The words of titles and extracts, as comtoise.store.search asks for them. PostgreSQL keeps an index on an
# expression by itself; SQLite's index is a table of its own, kept in step by triggers, that reads the words
# where they are instead of keeping them twice.
_LIGATURES = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("ß", "ss"))


def _words(row: str = "") -> str:
    words = f"{row}title || ' ' || {row}extract"
    for ligature, letters in _LIGATURES:
        words = f"replace({words}, '{ligature}', '{letters}')"
    return words


_FORGET = (
    f"INSERT INTO article_search (article_search, rowid, words) VALUES ('delete', old.id, {_words('old.')});"
)
_ADD = f"INSERT INTO article_search (rowid, words) VALUES (new.id, {_words('new.')});"
_INDEX = {
    "sqlite": (
        f"CREATE VIEW article_words AS SELECT id, {_words()} AS words FROM article",
        "CREATE VIRTUAL TABLE article_search USING fts5 (words, content='article_words', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER article_search_add AFTER INSERT ON article BEGIN {_ADD} END",
        f"CREATE TRIGGER article_search_forget AFTER DELETE ON article BEGIN {_FORGET} END",
        "CREATE TRIGGER article_search_change AFTER UPDATE OF title, extract ON article "
        f"BEGIN {_FORGET} {_ADD} END",
        "INSERT INTO article_search (article_search) VALUES ('rebuild')",
    ),
    "postgresql": (
        "CREATE INDEX ix_article_search ON article USING gin (to_tsvector('simple', "
        f"regexp_replace(regexp_replace(lower(normalize({_words()}, NFKD)), '[\\u0300-\\u036f]+', '', 'g'), "
        "'[^[\\:alnum\\:]]+', ' ', 'g')))",
    ),
}
_NO_INDEX = {
    "sqlite": (
        "DROP TRIGGER article_search_add",
        "DROP TRIGGER article_search_forget",
        "DROP TRIGGER article_search_change",
        "DROP TABLE article_search",
        "DROP VIEW article_words",
    ),
    "postgresql": ("DROP INDEX ix_article_search",),
}


def upgrade() -> None:
    op.create_table(
        "config_version",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("sha", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_config_version")),
    )
    op.create_index(op.f("ix_config_version_sha"), "config_version", ["sha"])
    op.create_table(
        "notice",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_table(
        "mute",
        sa.Column("reader_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["reader.id"], name=op.f("fk_mute_reader_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reader_id", "kind", "topic", name=op.f("pk_mute")),
    )
    op.create_index("ix_mute_kind_topic", "mute", ["kind", "topic"])
    op.create_table(
        "audit",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"])
    for statement in _INDEX[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


def downgrade() -> None:
    for statement in _NO_INDEX[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))
    op.drop_table("audit")
    op.drop_table("mute")
    op.drop_table("notice")
    op.drop_index(op.f("ix_config_version_sha"), "config_version")
    op.drop_table("config_version")
