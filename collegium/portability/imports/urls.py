"""Addresses of importing: the upload, an import and what is decided about it, the people to find."""

from django.urls import include, path

from collegium.portability.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.start, name="start"),
    path("upload/", views.upload, name="upload"),
    path("linkedin/", include("collegium.portability.elsewhere.urls")),
    path("people/", views.people, name="people"),
    path("people/removal/", views.people_removal, name="people_removal"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/choices/", views.choices, name="choices"),
    path("<int:pk>/files/<int:place>/", views.file, name="file"),
    path("<int:pk>/files/<int:place>/choice/", views.file_choice, name="file_choice"),
    path("<int:pk>/audience/", views.audience, name="audience"),
    path("<int:pk>/connections/", views.connections, name="connections"),
    path("<int:pk>/confirmation/", views.confirmation, name="confirmation"),
    path("<int:pk>/cancellation/", views.cancellation, name="cancellation"),
]
