"""Addresses of the shared look itself."""

from django.urls import path

from collegium.ui import views
from collegium.ui.unsubscribing import unsubscribing

app_name = "ui"
urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("theme/", views.theme, name="theme"),
    path("help/keyboard/", views.keyboard, name="keyboard"),
    path("unsubscribe/<str:token>/", unsubscribing, name="unsubscribing"),
    path("_styleguide/", views.styleguide, name="styleguide"),
    path("_styleguide/mails/", views.styleguide_mails, name="styleguide_mails"),
    path("_styleguide/mails/<path:name>/", views.styleguide_mail, name="styleguide_mail"),
]
