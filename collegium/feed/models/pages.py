"""What pages show first."""

from django.db import models

from collegium.feed.models.posts import Post
from collegium.organizations.models import Organization


class FirstOnPage(models.Model):
    """The post that stands first among those of a page."""

    page = models.OneToOneField(Organization, models.CASCADE, primary_key=True, related_name="+")
    post = models.OneToOneField(Post, models.CASCADE, related_name="first_on_page")

    def __str__(self) -> str:
        return f"{self.post_id} on {self.page_id}"
