"""The tabs of a page that this room draws."""

from django.utils.translation import gettext_lazy as _

from collegium.pages.tabs import Tab

TABS = [Tab("posts", _("Posts"), "posts/")]
