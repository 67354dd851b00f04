"""Reads the archive that LinkedIn gives its members: `read.read()` is the door, everything else stands behind it."""
