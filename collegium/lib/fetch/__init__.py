"""Asking a stranger's server for something: the only way in which this house speaks to addresses that people type."""

from collegium.lib.fetch.client import Fetched, fetch
from collegium.lib.fetch.places import Place, place_of
from collegium.lib.fetch.policy import PUBLIC, Policy
from collegium.lib.fetch.refused import RefusedError

__all__ = ["PUBLIC", "Fetched", "Place", "Policy", "RefusedError", "fetch", "place_of"]
