"""Ways to spread pure work."""
