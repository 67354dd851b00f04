"""Addresses of finding people within a group."""

from django.urls import path

from collegium.search.views import inside

app_name = "search_inside"

urlpatterns = [
    path("<str:handle>/members/search/", inside.results, name="results"),
    path("<str:handle>/members/search/facets/<slug:name>/", inside.facet, name="facet"),
]
