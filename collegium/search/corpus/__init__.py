"""What a search reads: the words and facts of every member as arrays, in files that all processes share."""
