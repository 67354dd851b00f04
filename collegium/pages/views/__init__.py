"""The views of pages, a file for each thing one does there."""
