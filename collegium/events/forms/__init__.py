"""Text into clean values."""
