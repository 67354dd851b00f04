"""People one may know: who is suggested to whom, for which stated reasons, in which order."""
