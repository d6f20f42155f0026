"""Tests of briefs: what is chosen, what is written, and what its sources bear out."""
