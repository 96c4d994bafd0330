"""Where a source is, and what its publisher allows

Revision: 0003, after 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _address() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("polled_url", sa.Text(), nullable=True),
        sa.Column("polled_kind", sa.String(length=10), nullable=True),
        sa.Column("address_how", sa.String(length=10), nullable=True),
        sa.Column("address_found_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("move_to", sa.Text(), nullable=True),
        sa.Column("move_seen", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("move_first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("move_last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recovered", sa.Integer(), nullable=False, server_default="0"),
    )


def upgrade() -> None:
    """The address columns of a source, the sitemaps of an index, the addresses that sitemaps list."""
    for column in _address():
        op.add_column("source", column)
    op.add_column("source", sa.Column("rights_signs", sa.Text(), nullable=True))
    op.create_table(
        "sitemap",
        sa.Column("source_id", sa.String(length=100), nullable=False),
        sa.Column("url", sa.String(length=600), nullable=False),
        sa.Column("lastmod", sa.Text(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("newest", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_sitemap_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "url", name=op.f("pk_sitemap")),
    )
    op.create_table(
        "listed",
        sa.Column("source_id", sa.String(length=100), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_listed_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "key", name=op.f("pk_listed")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Back to the card's address alone."""
    op.drop_table("listed")
    op.drop_table("sitemap")
    op.drop_column("source", "rights_signs")
    for column in reversed(_address()):
        op.drop_column("source", column.name)
