"""What was done for a page, and by whom, in the log that those who manage the page read."""

from collegium.feed.models import Comment, Post
from collegium.journal.record import record
from collegium.members.models import Member


def log(what: str, thing: Post | Comment, *, by: Member) -> None:
    """Write it down in the transaction of the change itself; nothing where no page speaks.

    Args:
        what: "posted", "post_edited", "post_deleted", "commented", "comment_edited" or "comment_deleted".
        thing: what the page said.
        by: who did it.
    """
    if thing.page_id is None:
        return
    record(
        {
            "posted": "feed.page_posted",
            "post_edited": "feed.page_post_edited",
            "post_deleted": "feed.page_post_deleted",
            "commented": "feed.page_commented",
            "comment_edited": "feed.page_comment_edited",
            "comment_deleted": "feed.page_comment_deleted",
        }[what],
        actor=by,
        subject=thing.page_id,
        post=thing.pk if isinstance(thing, Post) else thing.post_id,
    )
