"""The pages of posts in groups."""
