"""Who may write to whom first: purposes, contact keys, and what unwanted messages cost."""
