"""Previews of the links in posts, fetched here and never by the reader."""
