"""Ways to have text read aloud."""
