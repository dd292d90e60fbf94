"""Alembic's entry: the connection comes from the program, and so does the transaction."""

from alembic import context

from backstory.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
