"""What polling learns of a source: its rhythm, its losses, its troubles

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("history", sa.Text()),
        sa.Column("shown", sa.Integer()),
        sa.Column("shown_usual", sa.Double()),
        sa.Column("losses", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("last_loss_at", sa.DateTime(timezone=True)),
        sa.Column("wait_most_s", sa.Integer()),
        sa.Column("trouble_kind", sa.String(40)),
        sa.Column("trouble_text", sa.Text()),
        sa.Column("trouble_since", sa.DateTime(timezone=True)),
        sa.Column("trouble_polls", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("trouble_told_at", sa.DateTime(timezone=True)),
    ]


def upgrade() -> None:
    """The rhythm, the losses and the episode of trouble of each source."""
    for column in _columns():
        op.add_column("source", column)


def downgrade() -> None:
    """Forget them: they are learned again."""
    with op.batch_alter_table("source") as table:
        for column in reversed(_columns()):
            table.drop_column(column.name)
