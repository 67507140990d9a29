"""Points and comments that a person gives, and when a grading was last the one that counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go on to this revision."""
    op.add_column("gradings", sa.Column("used", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE gradings SET used = started")
    op.create_table(
        "persons_points",
        sa.Column("lesson", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("student_id", sa.Text(), nullable=False),
        sa.Column("exercise", sa.String(length=40), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lesson", "student_id", "exercise", name=op.f("pk_persons_points")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("persons_points")
    op.drop_column("gradings", "used")
