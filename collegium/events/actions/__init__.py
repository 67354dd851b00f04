"""The verbs of events, a file for what belongs together. Seats change under the lock of their occurrence alone."""
