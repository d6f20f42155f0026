"""Protocols for the things that have more than one implementation."""
