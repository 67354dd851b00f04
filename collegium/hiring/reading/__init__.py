"""What those who hire read."""
