"""Events as calendar programs read them: files, and feeds that are asked for again and again (RFC 5545)."""
