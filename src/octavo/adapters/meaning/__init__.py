"""Ways to find by meaning."""
