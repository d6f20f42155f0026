"""Text tools that know nothing about news."""
