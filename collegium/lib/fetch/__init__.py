"""Speaking to a stranger's server: the only way in which this house reaches addresses that people type."""

from collegium.lib.fetch.client import Fetched, fetch
from collegium.lib.fetch.places import Place, place_of
from collegium.lib.fetch.policy import PUBLIC, Policy
from collegium.lib.fetch.posting import Answer, post
from collegium.lib.fetch.refused import RefusedError

__all__ = ["PUBLIC", "Answer", "Fetched", "Place", "Policy", "RefusedError", "fetch", "place_of", "post"]
