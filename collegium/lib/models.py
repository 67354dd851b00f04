"""The only table of the ground floor lives with the code that knows it."""

from collegium.lib.limits import Bucket

__all__ = ["Bucket"]
