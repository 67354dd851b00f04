"""What one person may read of conversations, judged at this moment: the list, one of them, search, what is shown."""
