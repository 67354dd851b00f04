"""Addresses of conversations: nouns; making one is a POST to it."""

from django.urls import path

from collegium.lib import addresses  # noqa: F401 - registers `handle`
from collegium.messaging.views import choosing, files, groups, lists, places, reports, requests, said, talks

app_name = "messaging"

ONE = "<int:pk>/messages/<int:number>/"
urlpatterns = [
    path("", lists.boxes, name="inbox"),
    path("badge/", lists.badge, name="badge"),
    path("dock/", lists.dock, name="dock"),
    path("starred/", lists.kept, name="starred"),
    path("search/", lists.found, name="search"),
    path("manners/", lists.shown, name="manners"),
    path("new/", choosing.new, name="new"),
    path("with/<handle:handle>/", choosing.first, name="with"),
    path("files/", files.take, name="files"),
    path("files/<int:pk>/", files.one, name="file"),
    path("files/<int:pk>/small/", files.small, name="file_small"),
    path("files/<int:pk>/removal/", files.removal, name="file_removal"),
    path("reports/", reports.every, name="reports"),
    path("reports/<int:pk>/", reports.one, name="report_page"),
    path("reports/<int:pk>/closing/", reports.closing, name="report_closing"),
    path("<int:pk>/", talks.one, name="talk"),
    path("<int:pk>/since/<int:changes>/", talks.since, name="since"),
    path("<int:pk>/messages/", talks.messages, name="messages"),
    path("<int:pk>/typing/", talks.typing, name="typing"),
    path("<int:pk>/place/", places.place, name="place"),
    path("<int:pk>/place/restoration/", places.restoration, name="place_restoration"),
    path(ONE, said.one, name="message"),
    path(f"{ONE}edit/", said.edit, name="edit"),
    path(f"{ONE}deletion/", said.deletion, name="deletion"),
    path(f"{ONE}reactions/", said.reactions, name="reactions"),
    path(f"{ONE}star/", said.star, name="star"),
    path(f"{ONE}revisions/", said.revisions, name="revisions"),
    path(f"{ONE}report/", said.report, name="report"),
    path("<int:pk>/people/", groups.people, name="people"),
    path("<int:pk>/people/removal/", groups.removal, name="removal"),
    path("<int:pk>/hosts/", groups.hosts, name="hosts"),
    path("<int:pk>/hosts/removal/", groups.hosts_removal, name="hosts_removal"),
    path("<int:pk>/name/", groups.name, name="name"),
    path("<int:pk>/departure/", groups.departure, name="departure"),
    path("<int:pk>/request/acceptance/", requests.acceptance, name="acceptance"),
    path("<int:pk>/request/decline/", requests.decline, name="decline"),
    path("<int:pk>/request/decline/removal/", requests.restoration, name="restoration"),
    path("<int:pk>/request/verdict/", requests.verdict, name="verdict"),
]
