"""`octavo …`: one module per command."""
