"""Where a message from somebody new is put, and why: rules first, then what this community has taught."""
