"""Ways to embed text."""
