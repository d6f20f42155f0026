"""Translators that work on this machine."""
