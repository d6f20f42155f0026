"""Rules of conversation: threads, order, limits, what moderators may do. No I/O."""
