"""What a person can do; each function is one transaction."""
