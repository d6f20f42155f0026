"""Tests of stage 3: language, labels, names, topics, embedding, fingerprint."""
