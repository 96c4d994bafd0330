"""A reader's verdict may be on one topic of a story

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WHOLE_STORY = ""  #: in `kind` and `topic`: the verdict is on the story itself


def upgrade() -> None:
    """Earlier verdicts are on whole stories; they stay so."""
    with op.batch_alter_table("feedback") as table:
        table.add_column(sa.Column("kind", sa.String(length=12), server_default="", nullable=False))
        table.add_column(sa.Column("topic", sa.String(length=100), server_default="", nullable=False))
        table.drop_constraint("pk_feedback", type_="primary")
        table.create_primary_key("pk_feedback", ["reader_id", "story_id", "kind", "topic"])
    op.create_index("ix_feedback_story_id", "feedback", ["story_id"])


def downgrade() -> None:
    """Verdicts on one topic are lost."""
    feedback = sa.table("feedback", sa.column("kind", sa.String))
    op.execute(feedback.delete().where(feedback.c.kind != _WHOLE_STORY))
    op.drop_index("ix_feedback_story_id", "feedback")
    with op.batch_alter_table("feedback") as table:
        table.drop_constraint("pk_feedback", type_="primary")
        table.drop_column("topic")
        table.drop_column("kind")
        table.create_primary_key("pk_feedback", ["reader_id", "story_id"])
