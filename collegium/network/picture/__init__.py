"""One's network as a picture: who belongs together, what they share, and who links them."""
