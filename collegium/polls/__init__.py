"""Polls on posts: two to four answers, hidden until one has voted."""
