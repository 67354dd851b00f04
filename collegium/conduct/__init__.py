"""Standing: what a member may still ask of strangers, and restrictions with a reason, an end and an appeal."""
