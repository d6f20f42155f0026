"""PostgreSQL: for many workers."""
