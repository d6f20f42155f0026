"""Stage 6. Readers, apps and other programs come in here."""
