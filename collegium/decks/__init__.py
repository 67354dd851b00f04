"""Slides on posts: the pages of a PDF."""
