"""Addresses of `contacts`."""

from django.urls import URLPattern, URLResolver, path

from collegium.contacts.views import book, cards, changes, people, reminders, shelves
from collegium.lib import addresses  # noqa: F401 - registers `handle`

app_name = "contacts"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", people.people, name="people"),
    path("people.csv", people.export, name="export"),
    path("people.json", book.file, name="file"),
    path("book/", book.book, name="book"),
    path("filters/", people.keep_filter, name="filters"),
    path("filters/<int:pk>/removal/", people.drop_filter, name="filter_removal"),
    path("preview/", changes.preview, name="preview"),
    path("changes/", changes.everything, name="changes"),
    path("changes/<int:pk>/undoing/", changes.undoing, name="undoing"),
    *(
        path(f"{kind}/{rest}", view, {"kind": kind}, name=f"{kind}{name}")
        for kind in shelves.KINDS
        for rest, view, name in (
            ("", shelves.shelves, ""),
            ("<int:pk>/", shelves.rename, "_name"),
            ("<int:pk>/removal/", shelves.drop, "_removal"),
        )
    ),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/<int:pk>/snooze/", reminders.snooze, name="snooze"),
    path("reminders/<int:pk>/completion/", reminders.completion, name="completion"),
    path("reminders/<int:pk>/reopening/", reminders.reopening, name="reopening"),
    path("with/<handle:handle>/", cards.card, name="card"),
    path("with/<handle:handle>/note/", cards.note, name="note"),
    *(
        path(f"with/<handle:handle>/{kind}/{rest}", view, {"kind": kind}, name=f"{kind}_{name}")
        for kind in shelves.KINDS
        for rest, view, name in (("", cards.shelve, "on"), ("<int:pk>/removal/", cards.unshelve, "off"))
    ),
    path("with/<handle:handle>/reminders/", cards.remind, name="reminding"),
]
