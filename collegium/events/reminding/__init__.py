"""Reminding those who come, when they wish it: once, by their own clock, and never of what does not happen."""
