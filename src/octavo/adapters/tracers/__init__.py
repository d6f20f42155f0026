"""Ways to have traces gathered."""
