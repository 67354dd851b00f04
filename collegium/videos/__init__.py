"""Moving pictures on posts."""
