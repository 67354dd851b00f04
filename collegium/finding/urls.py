"""Addresses."""

from django.urls import URLPattern, URLResolver, include, path

from collegium.finding.views import searching

urlpatterns: list[URLPattern | URLResolver] = [
    path("jobs/", searching.jobs, name="jobs"),
    path("jobs/facets/<str:name>/", searching.facet, name="jobs_facet"),
    *(
        path(f"jobs.{ending}", searching.feed, {"ending": ending}, name=f"jobs_{ending}")
        for ending in ("rss", "atom", "json")
    ),
    path("jobs/searches/", include("collegium.finding.keeping.urls")),
    path("jobs/for-you/", include("collegium.finding.recommending.urls")),
]
