"""What somebody asks for: read from what was typed, said in words again, and put to the arrays."""
