"""Events on posts: when, where, for how many, and who comes."""
