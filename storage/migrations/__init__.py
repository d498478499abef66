"""How the tables came to be, step by step; `storage.migrate` walks the steps."""

HEAD = "0008"
"""The newest step. A start that finds it in the database need not load Alembic at all."""
