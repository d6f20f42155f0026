"""The sample newswire: fictional publishers, served over loopback HTTP like real ones."""
