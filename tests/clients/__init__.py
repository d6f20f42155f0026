"""Real reader apps, from Debian's packages, at a real website."""
