"""Addresses of groups. The wall, `/groups/<handle>/`, belongs to the room of posts."""

from django.urls import path

from collegium.groups.views import about, directory, doors, letting_in, people, pictures, settings

app_name = "groups"

urlpatterns = [
    path("", directory.groups, name="list"),
    path("new/", directory.new, name="new"),
    path("<str:handle>/about/", about.about, name="about"),
    path("<str:handle>/welcome/", about.welcome, name="welcome"),
    path("<str:handle>/rules/", about.rules, name="rules"),
    path("<str:handle>/join/", doors.join, name="join"),
    path("<str:handle>/request/", doors.ask, name="ask"),
    path("<str:handle>/request/withdrawal/", doors.withdrawal, name="request_withdrawal"),
    path("<str:handle>/invitation/decline/", doors.declining, name="invitation_decline"),
    path("<str:handle>/leave/", doors.leave, name="leave"),
    path("<str:handle>/mine/", doors.mine, name="mine"),
    path("<str:handle>/members/", people.listed, name="members"),
    path("<str:handle>/members/<str:person>/role/", people.role, name="role"),
    path("<str:handle>/members/<str:person>/removal/", people.removal, name="removal"),
    path("<str:handle>/members/<str:person>/ban/", people.ban, name="ban"),
    path("<str:handle>/bans/", people.bans, name="bans"),
    path("<str:handle>/bans/<int:pk>/lifting/", people.lifting, name="lifting"),
    path("<str:handle>/requests/", letting_in.requests, name="requests"),
    path("<str:handle>/requests/<int:pk>/acceptance/", letting_in.acceptance, name="acceptance"),
    path("<str:handle>/requests/<int:pk>/decline/", letting_in.declining, name="request_decline"),
    path("<str:handle>/invite/", letting_in.invite, name="invite"),
    path("<str:handle>/invitations/<int:pk>/withdrawal/", letting_in.withdrawal, name="invitation_withdrawal"),
    path("<str:handle>/log/", settings.log, name="log"),
    path("<str:handle>/settings/", settings.settings, name="settings"),
    path("<str:handle>/settings/questions/", settings.questions, name="questions"),
    path("<str:handle>/settings/ending/", settings.ending, name="ending"),
    path("<str:handle>/settings/photo/", pictures.photo, name="photo"),
    path("<str:handle>/settings/cover/", pictures.cover, name="cover"),
    path("<str:handle>/settings/<str:shape>/removal/", pictures.removal, name="picture_removal"),
    path("<str:handle>/end/", settings.end, name="end"),
    path("<str:handle>/reopening/", settings.reopening, name="reopening"),
    path("<str:handle>/deletion/", settings.deletion, name="deletion"),
]
