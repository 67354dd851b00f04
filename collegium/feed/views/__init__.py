"""Pages of the feed, one file per noun."""
