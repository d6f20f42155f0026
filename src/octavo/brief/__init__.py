"""Stage 5. Sentences about stored articles, chosen or written, always cited."""
