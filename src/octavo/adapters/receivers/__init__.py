"""Ways in which mail comes in."""
