"""Rules of ActivityPub."""
