"""Every address, room by room. More particular prefixes stand before the general ones."""

from django.urls import include, path

urlpatterns = [
    path("", include("collegium.feed.urls")),
    path("", include("collegium.profiles.urls")),
    path("", include("collegium.resumes.urls")),
    path("settings/import/", include("collegium.portability.imports.urls")),
    path("settings/take-along/", include("collegium.portability.packing.urls")),
    path("", include("collegium.portability.acquaintances.urls")),
    path("settings/open-to-work/", include("collegium.openness.urls")),
    path("settings/workplace/", include("collegium.workplaces.urls")),
    path("articles/", include("collegium.articles.urls")),
    path("newsletters/", include("collegium.newsletters.urls")),
    path("settings/digest/", include("collegium.digests.urls")),
    path("uploads/", include("collegium.uploads.urls")),
    path("posts/videos/", include("collegium.videos.urls")),
    path("posts/slides/", include("collegium.decks.urls")),
    path("posts/documents/", include("collegium.documents.urls")),
    path("posts/pictures/", include("collegium.pictures.urls")),
    path("posts/polls/", include("collegium.polls.urls")),
    path("posts/previews/", include("collegium.previews.urls")),
    path("posts/reposts/", include("collegium.reposts.urls")),
    path("posts/occasions/", include("collegium.occasions.urls")),
    path("events/", include("collegium.events.urls")),
    path("", include("collegium.events.calendars.urls")),
    path("messages/", include("collegium.messaging.urls")),
    path("settings/contact/", include("collegium.reach.urls")),
    path("", include("collegium.push.urls")),
    path("network/introductions/", include("collegium.introductions.urls")),
    path("network/people/", include("collegium.contacts.urls")),
    path("network/standing/", include("collegium.conduct.urls")),
    path("network/", include("collegium.network.urls")),
    path("notifications/", include("collegium.notifications.urls")),
    path("vouching/", include("collegium.vouching.urls")),
    path("visitors/", include("collegium.visits.urls")),
    path("organizations/", include("collegium.organizations.urls")),
    path("organizations/", include("collegium.pages.urls")),
    path("groups/", include("collegium.groups.urls")),
    path("groups/", include("collegium.feed.places.urls")),
    path("groups/", include("collegium.documents.group_urls")),
    path("groups/", include("collegium.search.inside_urls")),
    path("skills/", include("collegium.skills.urls")),
    path("search/", include("collegium.search.urls")),
    path("media/", include("collegium.media.urls")),
    path("", include("collegium.members.urls")),
    path("", include("collegium.accounts.urls")),
    path("", include("collegium.ui.urls")),
]
handler400 = "collegium.ui.errors.bad_request"
handler403 = "collegium.ui.errors.forbidden"
handler404 = "collegium.ui.errors.not_found"
handler429 = "collegium.ui.errors.too_many"  # allauth asks for it by this name
handler500 = "collegium.ui.errors.server_error"
