"""What articles answer to."""
