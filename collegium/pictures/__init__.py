"""Pictures on posts: up to twenty, described, in order."""
