"""Ways to fetch a URL."""
