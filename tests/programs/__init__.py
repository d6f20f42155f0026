"""Programs that read the newspaper: real ones, at a real server."""
