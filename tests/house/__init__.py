"""Rules about the code and the documentation that no linter holds."""
