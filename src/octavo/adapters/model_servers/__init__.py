"""The way out to servers of models, which the owner named in settings."""
