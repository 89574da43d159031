"""What alembic runs; the connection comes from `store.schema.upgrade`."""
from alembic import context

context.configure(connection=context.config.attributes['connection'], transactional_ddl=False)
context.run_migrations()
