"""What a person pins on top of her profile: posts, links, pictures, documents."""

from collegium.profiles.featured.reading import Shown, shown

__all__ = ["Shown", "shown"]
