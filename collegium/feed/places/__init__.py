"""Posts on the walls of groups: who may say what there, what waits, what is held back, and how they come home."""
