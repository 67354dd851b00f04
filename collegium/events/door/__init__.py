"""Tickets, and the door: who is expected, and who is in."""
