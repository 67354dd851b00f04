"""Pages of interviews, a file for each side."""
