"""One person asks a second to introduce her to a third; each sees only what is hers to see."""
