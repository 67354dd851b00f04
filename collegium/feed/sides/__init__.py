"""The sides of a person: facets of her own, and which sides of whom a reader asks for."""
