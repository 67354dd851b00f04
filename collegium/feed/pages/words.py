"""How the log of a page says what was done there in this room. Only its administrators read it."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "feed.page_posted": _("wrote a post of the page"),
    "feed.page_post_edited": _("edited a post of the page"),
    "feed.page_post_deleted": _("deleted a post of the page"),
    "feed.page_commented": _("wrote a comment of the page"),
    "feed.page_comment_edited": _("edited a comment of the page"),
    "feed.page_comment_deleted": _("deleted a comment of the page"),
    "feed.page_post_put_first": _("put a post first on the page"),
    "feed.page_post_put_back": _("no longer lets a post stand first on the page"),
}
