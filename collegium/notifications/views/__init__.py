"""The pages of this room: what one was told, and how one wants to be told."""
