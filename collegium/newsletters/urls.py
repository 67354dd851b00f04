"""Addresses of newsletters."""

from django.urls import path

from collegium.newsletters.views import keeping, reading

app_name = "newsletters"

urlpatterns = [
    path("", reading.newsletters, name="list"),
    path("new/", keeping.new, name="new"),
    path("issues/<int:pk>/", reading.issue, name="issue"),
    path("of/<int:pk>/", reading.of_article, name="of_article"),
    path("<int:pk>/", reading.newsletter, name="newsletter"),
    path("<int:pk>/edit/", keeping.edit, name="edit"),
    path("<int:pk>/end/", keeping.end, name="end"),
    path("<int:pk>/beginning/", keeping.beginning, name="beginning"),
    path("<int:pk>/subscription/", reading.subscription, name="subscription"),
    path("<int:pk>/subscription/removal/", reading.leaving, name="leaving"),
    path("<int:pk>/subscribers/", keeping.subscribers, name="subscribers"),
    path("<int:pk>/subscribers.csv", keeping.export, name="export"),
    path("<int:pk>/<str:slug>/", reading.newsletter, name="page"),
]
