"""What is left of an event once it has begun: who was there, and that two were there together."""
