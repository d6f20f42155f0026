"""A hostile publisher of our own, and a network that lies: each trap is refused or cleaned, and nobody else waits."""
