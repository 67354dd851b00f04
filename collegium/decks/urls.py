"""Addresses of slides."""

from django.urls import path, re_path

from collegium.decks import views

app_name = "decks"

urlpatterns = [
    path("<int:pk>/", views.deck, name="deck"),
    path("<int:pk>/card/", views.card, name="card"),
    path("<int:pk>/<int:number>/", views.page, name="page"),
    path("<int:pk>/<int:number>/text/", views.text, name="text"),
    re_path(
        r"^(?P<pk>[0-9]{1,19})/(?P<number>[1-9][0-9]{0,2})/(?P<key>[0-9a-f]{64})-(?P<side>[1-9][0-9]{2,3})\.webp\Z",
        views.file,
        name="file",
    ),
]
