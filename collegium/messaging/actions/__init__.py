"""The verbs of conversations, a file for each kind of deed."""
