"""Ending connections: what would change (`look`), the verb and its undo (`part`), what is kept meanwhile (`taking`)."""
