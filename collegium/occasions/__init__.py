"""Celebrations on posts: a new role, an anniversary, a birth of a company, volunteering."""
