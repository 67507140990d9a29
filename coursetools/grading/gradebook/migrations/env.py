"""Run by Alembic: applies revisions in the transaction of the connection that it is given."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from coursetools.grading.gradebook.database import VERSION_TABLE
from coursetools.grading.gradebook.models import Base


def _rendered(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write our own types as what the database has: a revision outlasts our modules."""
    is_ours = kind == "type" and isinstance(item, TypeDecorator)
    return f"sa.{item.impl!r}" if is_ours else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_item=_rendered,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite changes a table only by making it anew
)
with context.begin_transaction():
    context.run_migrations()
