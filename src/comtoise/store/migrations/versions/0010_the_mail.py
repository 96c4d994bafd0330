"""Mail: consent, bounces and drafts

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reader", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("reader", sa.Column("bounce_score", sa.Double(), nullable=False, server_default="0"))
    op.add_column("reader", sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "forgotten", sa.Column("reason", sa.String(length=10), nullable=False, server_default="erased")
    )
    op.create_table(
        "draft",
        sa.Column("slot_key", sa.String(length=20), nullable=False),
        sa.Column(
            "story_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slot_key", "story_id", name=op.f("pk_draft")),
    )
    op.execute("UPDATE reader SET confirmed_at = created_at")


def downgrade() -> None:
    op.drop_table("draft")
    op.execute("DELETE FROM reader WHERE confirmed_at IS NULL")
    with op.batch_alter_table("reader") as reader:
        reader.drop_column("confirmed_at")
        reader.drop_column("bounce_score")
        reader.drop_column("bounced_at")
    with op.batch_alter_table("forgotten") as forgotten:
        forgotten.drop_column("reason")
