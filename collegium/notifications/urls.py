from django.urls import path

from collegium.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.told, name="list"),
    path("badge/", views.badge, name="badge"),
    path("reading/", views.reading, name="reading"),
    path("<int:pk>/", views.one, name="one"),
]
