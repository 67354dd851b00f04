"""The verbs of groups, a file for each occasion. All that change who is in a group hold its row first (`holding`)."""
