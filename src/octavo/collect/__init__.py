"""Stage 1. Feeds become entries. Bytes in, decisions out; no I/O."""
