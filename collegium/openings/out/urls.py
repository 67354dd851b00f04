"""Addresses of what leaves."""

from django.urls import path

from collegium.lib import addresses  # noqa: F401 - lays the converter `handle`
from collegium.openings.out import views

urlpatterns = [
    path("jobs/feed.xml", views.whole, name="whole"),
    path("jobs/sitemap.xml", views.index, name="sitemap"),
    path("jobs/sitemap/<str:written>.xml", views.day, name="sitemap_day"),
    *(
        path(f"organizations/<handle:handle>/jobs.{ending}", views.feed, {"ending": ending}, name=f"feed_{ending}")
        for ending in ("rss", "atom", "json")
    ),
    path("organizations/<handle:handle>/jobs/embed/", views.embed, name="embed"),
    path("organizations/<handle:handle>/jobs/sharing/", views.sharing, name="sharing"),
]
