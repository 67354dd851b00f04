"""Posts with a link are looked through in the background; open pages look again when a preview came."""

from django.conf import settings

from collegium.feed.models import Post
from collegium.journal.models import Entry
from collegium.previews import fetching
from collegium.previews.looking import look_again
from collegium.previews.models import Shown
from collegium.previews.tasks import look

# So many pages are asked at once; the same page never twice at a time.
LANES = 2


def written(entry: Entry) -> None:
    """A post was written or edited: its first link is asked for, or what it showed goes with the link."""
    post = Post.objects.filter(pk=entry.subject or 0).first()
    if post is None or not settings.PREVIEWS:
        return
    place = fetching.first_link(post.body)
    if place is not None:
        lane = int(fetching.print_of(place)[:8], 16) % LANES
        look.configure(lock=f"previews-{lane}").defer(post=post.pk)
    elif Shown.objects.filter(post=post).exists():
        look.defer(post=post.pk)


def turned(entry: Entry) -> None:
    """Its author took a preview off, or put it back: pages with the post look again."""
    if (post := Post.objects.filter(pk=entry.subject or 0).select_related("author", "page").first()) is not None:
        look_again(post)
