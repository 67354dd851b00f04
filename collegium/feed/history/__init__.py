"""How posts read before they were edited, and who is told of it."""
