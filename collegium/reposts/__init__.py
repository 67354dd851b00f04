"""Posts passed on, with or without a word."""
