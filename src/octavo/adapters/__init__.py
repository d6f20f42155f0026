"""Everything that touches the outside world. Only app.py imports these."""
