"""Stage 2. A page becomes an article."""
