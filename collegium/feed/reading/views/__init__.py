"""The pages of `reading`."""
