"""The outbox: who leads, and what is due found without reading what was sent

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

from comtoise.store.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

DUE = sa.text("state IN ('waiting', 'unknown')")
OPEN = sa.text("state IN ('waiting', 'unknown', 'sending')")
OWED = sa.text("state = 'merged' AND reason = 'expired'")


def upgrade() -> None:
    """A lease with a number that grows; three indexes of the rows that are still to be told."""
    op.create_table(
        "lease",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
    op.execute("INSERT INTO lease (name, epoch) VALUES ('service', 0)")
    op.drop_index("ix_delivery_state_not_before", table_name="delivery")
    op.create_index(
        "ix_delivery_due", "delivery", ["not_before", "id"], sqlite_where=DUE, postgresql_where=DUE
    )
    op.create_index(
        "ix_delivery_open", "delivery", ["reader_id", "id"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("ix_delivery_owed", "delivery", ["reader_id"], sqlite_where=OWED, postgresql_where=OWED)


def downgrade() -> None:
    """Back to one index of all rows, and to no lease."""
    op.drop_index("ix_delivery_owed", table_name="delivery")
    op.drop_index("ix_delivery_open", table_name="delivery")
    op.drop_index("ix_delivery_due", table_name="delivery")
    op.create_index("ix_delivery_state_not_before", "delivery", ["state", "not_before"])
    op.drop_table("lease")
