"""Ways to send a notification."""
