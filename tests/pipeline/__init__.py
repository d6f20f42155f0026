"""What the machine does, step by step."""
