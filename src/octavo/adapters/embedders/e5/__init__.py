"""Multilingual E5, small: its file, its words, its network."""
