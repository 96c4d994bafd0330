"""Stories split and merged by hand; keys of stories without what nothing reads; the last delivery's moment

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEY_COLUMNS = "fortnight, key, article_id, story_id"


def upgrade() -> None:
    """Verdicts, the marks of stories they touched, and a leaner table of keys."""
    op.add_column("story", sa.Column("merged_into", _ID, nullable=True))
    op.add_column("story", sa.Column("split_from", _ID, nullable=True))
    op.create_table(
        "story_verdict",
        sa.Column("one_id", _ID, autoincrement=False, nullable=False),
        sa.Column("other_id", _ID, autoincrement=False, nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["one_id"], ["article.id"], name="fk_story_verdict_one_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["article.id"], name="fk_story_verdict_other_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("one_id", "other_id", name="pk_story_verdict"),
    )
    op.create_index("ix_story_verdict_other_id", "story_verdict", ["other_id"])
    op.create_table(
        "mark",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_mark"),
    )
    _make_story_key(of_story=False)


def downgrade() -> None:
    """Back to the keys that point at their story; verdicts are lost."""
    _make_story_key(of_story=True)
    op.drop_table("mark")
    op.drop_index("ix_story_verdict_other_id", "story_verdict")
    op.drop_table("story_verdict")
    with op.batch_alter_table("story") as batch_op:
        batch_op.drop_column("split_from")
        batch_op.drop_column("merged_into")


def _make_story_key(*, of_story: bool) -> None:
    """Make the table again: SQLite drops no foreign key, and rebuilds in place would lose its clustering."""
    op.rename_table("story_key", "story_key_old")
    if op.get_bind().dialect.name == "postgresql":  # names of constraints and indexes are the schema's
        op.execute("ALTER TABLE story_key_old RENAME CONSTRAINT pk_story_key TO pk_story_key_old")
    keys: list[sa.Constraint] = [
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_story_key_article_id", ondelete="CASCADE"
        )
    ]
    if of_story:
        keys.append(
            sa.ForeignKeyConstraint(
                ["story_id"], ["story.id"], name="fk_story_key_story_id", ondelete="CASCADE"
            )
        )
    op.create_table(
        "story_key",
        sa.Column("fortnight", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", _ID, autoincrement=False, nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        *keys,
        sa.PrimaryKeyConstraint("fortnight", "key", "article_id", name="pk_story_key"),
        sqlite_with_rowid=False,
    )
    op.execute(
        f"INSERT INTO story_key ({_KEY_COLUMNS}) SELECT {_KEY_COLUMNS} FROM story_key_old "
        "ORDER BY fortnight, key, article_id"
    )
    op.drop_table("story_key_old")
    op.create_index("ix_story_key_article", "story_key", ["article_id"])
    if of_story:
        op.create_index("ix_story_key_story", "story_key", ["story_id"])
