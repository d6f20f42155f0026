"""Stage 4. Articles find each other; stories and editions form."""
