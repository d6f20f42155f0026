"""Ways to find neighbours."""
