"""Everything that is said: posts and what hangs on them, comments, reactions, and what members want to read of it."""

from collegium.feed.models.drafts import Draft, Version
from collegium.feed.models.naming import Mention, PostTopic, Topic
from collegium.feed.models.pages import FirstOnPage
from collegium.feed.models.places import GroupMark, GroupTopic, Held, HeldComment
from collegium.feed.models.placing import PlaceState
from collegium.feed.models.posts import POST_LIMIT, Commenting, Facet, Origin, Post, PostQuerySet, Selection
from collegium.feed.models.reading import Expiry, Mix, Quiet, Saved, TopicFollow
from collegium.feed.models.selections import Selected
from collegium.feed.models.sides import MOST_SIDES, SIDE_NAME, Side, Wanted, WantedSide
from collegium.feed.models.talk import COMMENT_LIMIT, Cohost, Comment, CommentQuerySet, Reaction, State

__all__ = [
    "COMMENT_LIMIT",
    "MOST_SIDES",
    "POST_LIMIT",
    "SIDE_NAME",
    "Cohost",
    "Comment",
    "CommentQuerySet",
    "Commenting",
    "Draft",
    "Expiry",
    "Facet",
    "FirstOnPage",
    "GroupMark",
    "GroupTopic",
    "Held",
    "HeldComment",
    "Mention",
    "Mix",
    "Origin",
    "PlaceState",
    "Post",
    "PostQuerySet",
    "PostTopic",
    "Quiet",
    "Reaction",
    "Saved",
    "Selected",
    "Selection",
    "Side",
    "State",
    "Topic",
    "TopicFollow",
    "Version",
    "Wanted",
    "WantedSide",
]
