"""Ways to look at comments before they are shown."""
