"""When a submission was handed in and what that costs, whose numbers it had, what pages need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go on to this revision."""
    op.add_column("gradings", sa.Column("title", sa.Text(), nullable=True))
    op.add_column("gradings", sa.Column("alike", sa.Text(), nullable=True))
    op.add_column("submissions", sa.Column("handed_in", sa.String(length=40), nullable=True))
    op.add_column("submissions", sa.Column("handed_in_from", sa.String(length=20), nullable=True))
    op.add_column("submissions", sa.Column("lateness", sa.Text(), nullable=True))
    op.add_column("grades", sa.Column("numbers_of", sa.Text(), nullable=True))


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_column("grades", "numbers_of")
    op.drop_column("submissions", "lateness")
    op.drop_column("submissions", "handed_in_from")
    op.drop_column("submissions", "handed_in")
    op.drop_column("gradings", "alike")
    op.drop_column("gradings", "title")
