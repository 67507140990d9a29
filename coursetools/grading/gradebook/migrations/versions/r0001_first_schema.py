"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go on to this revision."""
    op.create_table(
        "gradings",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("lesson", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=200), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_gradings")),
    )
    op.create_table(
        "input_files",
        sa.Column("grading", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("disposition", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grading"], ["gradings.key"], name=op.f("fk_input_files_gradings")
        ),
        sa.PrimaryKeyConstraint("grading", "position", name=op.f("pk_input_files")),
    )
    op.create_table(
        "missing_students",
        sa.Column("grading", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("student_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grading"], ["gradings.key"], name=op.f("fk_missing_students_gradings")
        ),
        sa.PrimaryKeyConstraint("grading", "position", name=op.f("pk_missing_students")),
    )
    op.create_table(
        "submissions",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("grading", sa.String(length=64), nullable=False),
        sa.Column("student_id", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grading"], ["gradings.key"], name=op.f("fk_submissions_gradings")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_submissions")),
    )
    op.create_index(op.f("ix_submissions_grading"), "submissions", ["grading"])
    op.create_table(
        "grades",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("student_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("lesson", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("cpu", sa.Double(), nullable=False),
        sa.Column("memory", sa.BigInteger(), nullable=False),
        sa.Column("graded", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["key"], ["submissions.key"], name=op.f("fk_grades_submissions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_grades")),
    )
    op.create_table(
        "cells",
        sa.Column("grade", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("exercise", sa.String(length=40), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grade"], ["grades.key"], name=op.f("fk_cells_grades"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("grade", "position", name=op.f("pk_cells")),
    )
    op.create_table(
        "exercise_grades",
        sa.Column("grade", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("exercise", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("max_score", sa.Double(), nullable=False),
        sa.Column("earned", sa.Double(), nullable=False),
        sa.Column("available", sa.Double(), nullable=False),
        sa.Column("states", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grade"], ["grades.key"], name=op.f("fk_exercise_grades_grades"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("grade", "position", name=op.f("pk_exercise_grades")),
    )
    op.create_table(
        "check_results",
        sa.Column("grade", sa.String(length=64), nullable=False),
        sa.Column("exercise", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grade", "exercise"],
            ["exercise_grades.grade", "exercise_grades.position"],
            name=op.f("fk_check_results_exercise_grades"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("grade", "exercise", "position", name=op.f("pk_check_results")),
    )
    op.create_table(
        "shown",
        sa.Column("grade", sa.String(length=64), nullable=False),
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grade", "cell"],
            ["cells.grade", "cells.position"],
            name=op.f("fk_shown_cells"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("grade", "cell", "position", name=op.f("pk_shown")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("shown")
    op.drop_table("check_results")
    op.drop_table("exercise_grades")
    op.drop_table("cells")
    op.drop_table("grades")
    op.drop_index(op.f("ix_submissions_grading"), "submissions")
    op.drop_table("submissions")
    op.drop_table("missing_students")
    op.drop_table("input_files")
    op.drop_table("gradings")
