"""How one is connected: the ways to a person or into an organisation, and who stands in the middle."""
