"""Pages and fragments of finding people, and of the searches one keeps."""
