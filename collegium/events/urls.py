"""Addresses of events."""

from django.urls import path, re_path

from collegium.events.calendars import views as calendars
from collegium.events.door import views as door
from collegium.events.ical import views as files
from collegium.events.reminding import views as reminding
from collegium.events.views import answering, deciding, directory, hosting, making, reading

app_name = "events"

urlpatterns = [
    path("", directory.events, name="events"),
    path("new/", making.new, name="new"),
    path("times/", making.preview, name="preview"),
    path("calendar/", calendars.mine, name="calendar"),
    path("calendar/feed/", files.make, name="feed_make"),
    path("calendar/feed/removal/", files.end, name="feed_end"),
    path("calendar/feed/wider/", files.wider, name="feed_wider"),
    path("calendar/reminders/", reminding.usual, name="reminders"),
    path("feed/<str:secret>.ics", files.feed, name="feed"),
    path("door/<str:code>/", door.ticket, name="ticket"),
    path("<int:pk>/", reading.event, name="event"),
    path("<int:pk>/event.ics", files.file, name="file_ics"),
    path("<int:pk>/ticket/", door.own, name="own_ticket"),
    path("<int:pk>/reminder/", reminding.of_event, name="reminder"),
    path("<int:pk>/helpers/", door.helpers, name="helpers"),
    path("<int:pk>/helpers/<str:handle>/removal/", door.helper_removal, name="helper_removal"),
    path("<int:pk>/door/<int:on>/", door.door, name="door"),
    path("<int:pk>/door/<int:on>/list.csv", door.file, name="door_file"),
    path("<int:pk>/door/<int:on>/<int:answer>/entry/", door.entry, name="entry"),
    path("<int:pk>/door/<int:on>/<int:answer>/entry/undo/", door.entry_undo, name="entry_undo"),
    path("<int:pk>/dates/", reading.dates, name="dates"),
    path("<int:pk>/people/", reading.attendees, name="people"),
    path("<int:pk>/met/", reading.met, name="met"),
    path("<int:pk>/edit/", hosting.edit, name="edit"),
    path("<int:pk>/hours/", hosting.hours, name="hours"),
    path("<int:pk>/cancellation/", hosting.cancel, name="cancel"),
    path("<int:pk>/cancellation/undo/", hosting.uncancel, name="uncancel"),
    path("<int:pk>/hosts/", hosting.hosts, name="hosts"),
    path("<int:pk>/hosting/", hosting.host, name="host"),
    path("<int:pk>/hosts/<str:handle>/removal/", hosting.host_removal, name="host_removal"),
    path("<int:pk>/cover/", hosting.cover, name="cover"),
    path("<int:pk>/cover/removal/", hosting.cover_removal, name="cover_removal"),
    re_path(
        r"^(?P<pk>[0-9]{1,19})/cover/(?P<key>[0-9a-f]{64})-(?P<width>[0-9]{3,4})\.webp\Z", reading.cover, name="file"
    ),
    path("<int:pk>/invite/", deciding.invite, name="invite"),
    path("<int:pk>/invite/<int:invitation>/removal/", deciding.uninvite, name="uninvite"),
    path("<int:pk>/invitation/declined/", answering.pass_over, name="pass_over"),
    path("<int:pk>/invitation/undo/", answering.take_up, name="take_up"),
    path("<int:pk>/people/<int:answer>/acceptance/", deciding.acceptance, name="acceptance"),
    path("<int:pk>/people/<int:answer>/refusal/", deciding.refusal, name="refusal"),
    path("<int:pk>/dates/<int:on>/", hosting.one, name="one"),
    path("<int:pk>/dates/<int:on>/cancellation/", hosting.cancel_one, name="cancel_one"),
    path("<int:pk>/dates/<int:on>/answer/", answering.answer, name="answer"),
    path("<int:pk>/dates/<int:on>/answer/undo/", answering.undo, name="undo"),
]
