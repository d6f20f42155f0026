"""The store, function by function, on SQLite and on PostgreSQL."""
