"""Large files on their way in: resumable, in pieces (tus 1.0)."""
