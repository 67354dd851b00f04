"""Files that hang on a post to be taken home as they are, and the shelf of a group."""
