"""The tables of pages, a file for each noun."""

from collegium.pages.models.claims import Claim
from collegium.pages.models.disputes import Dispute
from collegium.pages.models.figures import Opened
from collegium.pages.models.followers import Follow
from collegium.pages.models.likenesses import Likeness
from collegium.pages.models.roles import Offer, Part, Role

__all__ = ["Claim", "Dispute", "Follow", "Likeness", "Offer", "Opened", "Part", "Role"]
