"""What people say for each other, one file per noun."""

from collegium.vouching.models.confirmations import Confirmation
from collegium.vouching.models.endorsements import Endorsement
from collegium.vouching.models.foreign import ForeignEndorsement, ForeignRecommendation
from collegium.vouching.models.recommendations import BODY_LIMIT, NOTE_LIMIT, Recommendation, Relationship
from collegium.vouching.models.requests import RecommendationRequest

__all__ = [
    "BODY_LIMIT",
    "NOTE_LIMIT",
    "Confirmation",
    "Endorsement",
    "ForeignEndorsement",
    "ForeignRecommendation",
    "Recommendation",
    "RecommendationRequest",
    "Relationship",
]
