"""Looking whether a domain says what it was asked to say. Nothing in here knows a table."""
