"""SQLite: the default, one file."""
