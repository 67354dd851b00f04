"""Series of articles, with subscribers."""
