"""Alembic's entry: online migrations on the engine settings of the application."""

from alembic import context

from hackaviz.kernel.database import open_engine
from hackaviz.tables import metadata

engine = open_engine(context.config.get_main_option("sqlalchemy.url") or "")
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
