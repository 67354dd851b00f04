"""Whether to believe an opening: what is proved of who offers it, and signs that others who cheat have left.

A sign is a sentence with its reason, never a number; who posted reads it too, with what would end it.
"""

from collegium.openings.trust.signs import Signal, signals

__all__ = ["Signal", "signals"]
