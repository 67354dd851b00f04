"""Addresses of joining and of standing."""

from django.urls import path

from collegium.members import views

app_name = "members"
urlpatterns = [
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    path("join/<str:token>/", views.join, name="join"),
    path("waiting/", views.waiting, name="waiting"),
    path("settings/community/people/", views.people, name="people"),
    path("settings/community/people/<int:pk>/approval/", views.approval, name="approval"),
    path("settings/community/people/<int:pk>/refusal/", views.refusal, name="refusal"),
    path("settings/community/people/<int:pk>/restoration/", views.restoration, name="restoration"),
]
