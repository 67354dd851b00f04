"""A member's own notes on people, and ways to look after a large network."""
