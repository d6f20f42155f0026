"""Stage 1: feeds become entries."""
