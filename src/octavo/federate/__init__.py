"""Rules of ActivityPub: addresses, signatures, what activities mean and how ours are written. No I/O."""
