"""What the pages of groups show, as far as the viewer may know of it."""
