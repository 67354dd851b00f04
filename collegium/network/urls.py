"""Addresses of the network: nouns; making one is a POST to it."""

from django.urls import path

from collegium.lib import addresses  # noqa: F401 - registers `handle`
from collegium.network.picture import views as pictured
from collegium.network.suggestions import views as suggested
from collegium.network.views import asking, distance, doors, invitations, lists, pairs, partings
from collegium.network.ways import views as ways

app_name = "network"

urlpatterns = [
    path("", lists.overview, name="overview"),
    path("badge/", lists.badge, name="badge"),
    path("fresh/", lists.fresh, name="fresh"),
    path("waiting/", lists.waiting, name="waiting"),
    path("sent/", lists.sent, name="sent"),
    path("door/", doors.door, name="door"),
    path("connections/", lists.connections, name="connections"),
    path("following/", lists.following, name="following"),
    path("followers/", lists.followers, name="followers"),
    path("partings/", partings.partings, name="partings"),
    path("partings/<int:pk>/restoration/", partings.restoration, name="parting_restoration"),
    path("blocked/", lists.blocked, name="blocked"),
    path("invitations/<int:pk>/", invitations.invitation, name="invitation"),
    path("invitations/<int:pk>/acceptance/", invitations.acceptance, name="acceptance"),
    path("invitations/<int:pk>/decline/", invitations.decline, name="decline"),
    path("invitations/<int:pk>/reply/", invitations.reply, name="reply"),
    path("invitations/<int:pk>/disclaimer/", invitations.disclaimer, name="disclaimer"),
    path("invitations/<int:pk>/restoration/", invitations.restoration, name="restoration"),
    path("invitations/<int:pk>/withdrawal/", invitations.withdrawal, name="withdrawal"),
    path("invitations/<int:pk>/reminder/", invitations.reminder, name="reminder"),
    path("picture/", pictured.picture, name="picture"),
    path("picture/<str:mark>/", pictured.group, name="picture-group"),
    path("suggestions/", suggested.suggestions, name="suggestions"),
    path("suggestions/few/", suggested.few, name="suggestions-few"),
    path("suggestions/dismissed/", suggested.dismissed, name="dismissed"),
    path("suggestions/<handle:handle>/dismissal/", suggested.dismissal, name="dismissal"),
    path("suggestions/<handle:handle>/return/", suggested.taking_back, name="suggest-again"),
    path("ways/organization/<handle:handle>/", ways.organization, name="organization_ways"),
    path("with/<handle:handle>/", pairs.pair, name="relation"),
    path("with/<handle:handle>/ways/", ways.person, name="ways"),
    path("with/<handle:handle>/invitation/", asking.invitation, name="invite"),
    path("with/<handle:handle>/removal/", partings.removal, name="removal"),
    path("with/<handle:handle>/distance/", distance.steps, name="distance"),
    path("with/<handle:handle>/distance/<slug:word>/", distance.step, name="step"),
    path("with/<handle:handle>/follow/", pairs.follow, name="follow"),
    path("with/<handle:handle>/unfollow/", pairs.unfollow, name="unfollow"),
    path("with/<handle:handle>/block/", pairs.block, name="block"),
    path("with/<handle:handle>/unblock/", pairs.unblock, name="unblock"),
]
