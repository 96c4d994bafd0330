"""What has left, and which question confirms an inscription

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("interruptions", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("delivery", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("reader", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    # What an earlier release was sending when it stopped may have left: it kept no note of that.
    op.execute("UPDATE delivery SET left_at = claimed_at WHERE state = 'sending'")


def downgrade() -> None:
    with op.batch_alter_table("reader") as reader:
        reader.drop_column("asked_at")
    with op.batch_alter_table("delivery") as delivery:
        delivery.drop_column("left_at")
        delivery.drop_column("interruptions")
