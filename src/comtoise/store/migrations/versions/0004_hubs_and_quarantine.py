"""Hubs that announce, and sources set apart

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source", sa.Column("crashes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("source", sa.Column("set_apart_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "hub",
        sa.Column("source_id", sa.String(length=100), nullable=False),
        sa.Column("hub", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("callback", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_hub_source_id")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_hub")),
        sa.UniqueConstraint("callback", name=op.f("uq_hub_callback")),
    )


def downgrade() -> None:
    op.drop_table("hub")
    op.drop_column("source", "set_apart_until")
    op.drop_column("source", "crashes")
