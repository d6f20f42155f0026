"""Pictures of numbers, times and places: SVG written on the server, with a name, a description and a table."""
