"""One's own profile, written in place: each noun of it in a file of its own."""
