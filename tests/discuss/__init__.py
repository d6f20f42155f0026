"""The rules of conversation."""
