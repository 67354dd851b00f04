"""What those who hire do."""
