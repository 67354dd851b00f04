"""Ground: the shared look. Components, styles, small scripts and `respond()`."""
