"""What one member wants to read and what she keeps: saved posts, what is quiet, topics. Nobody else learns."""
