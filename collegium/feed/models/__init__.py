"""Everything that is said: posts and what hangs on them, comments, reactions, and what members want to read of it."""

from collegium.feed.models.drafts import Draft, Version
from collegium.feed.models.naming import Mention, PostTopic, Topic
from collegium.feed.models.posts import POST_LIMIT, Commenting, Facet, Post, PostQuerySet, Selection
from collegium.feed.models.reading import Mix, Quiet, Saved, TopicFollow
from collegium.feed.models.selections import Selected
from collegium.feed.models.talk import COMMENT_LIMIT, Cohost, Comment, CommentQuerySet, Reaction, State

__all__ = [
    "COMMENT_LIMIT",
    "POST_LIMIT",
    "Cohost",
    "Comment",
    "CommentQuerySet",
    "Commenting",
    "Draft",
    "Facet",
    "Mention",
    "Mix",
    "Post",
    "PostQuerySet",
    "PostTopic",
    "Quiet",
    "Reaction",
    "Saved",
    "Selected",
    "Selection",
    "State",
    "Topic",
    "TopicFollow",
    "Version",
]
