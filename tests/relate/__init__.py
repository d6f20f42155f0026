"""Tests of stage 4: copies, related articles, stories, independent reports, editions."""
