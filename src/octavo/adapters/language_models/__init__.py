"""Ways to have text written by a model."""
