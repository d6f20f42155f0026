"""What the machine does: load, call a stage, save, queue what follows."""
