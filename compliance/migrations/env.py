"""Alembic's entry: runs on the connection it is handed."""

from alembic import context

import compliance.models  # noqa: F401  (knows every table)
from compliance.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
