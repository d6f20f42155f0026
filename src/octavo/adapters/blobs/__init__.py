"""Places to keep bytes."""
