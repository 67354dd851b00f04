"""Addresses of finding people."""

from django.urls import path

from collegium.search.views import finding, saved

app_name = "search"

urlpatterns = [
    path("", finding.results, name="results"),
    path("facets/<slug:name>/", finding.facet, name="facet"),
    path("suggestions/", finding.suggestions, name="suggestions"),
    path("mentions/", finding.mentions, name="mentions"),
    path("saved/", saved.overview, name="saved"),
    path("saved/new/", saved.new, name="new"),
    path("saved/<int:key>/", saved.show, name="show"),
    path("saved/<int:key>/look/", saved.look, name="look"),
    path("saved/<int:key>/name/", saved.rename, name="rename"),
    path("saved/<int:key>/removal/", saved.remove, name="remove"),
    path("saved/<int:key>/restoration/", saved.restore, name="restore"),
]
