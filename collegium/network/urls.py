"""Addresses of the network: nouns; making one is a POST to it."""

from django.urls import path

from collegium.lib import addresses  # noqa: F401 - registers `handle`
from collegium.network.views import invitations, lists, pairs

app_name = "network"

urlpatterns = [
    path("", lists.overview, name="overview"),
    path("badge/", lists.badge, name="badge"),
    path("fresh/", lists.fresh, name="fresh"),
    path("waiting/", lists.waiting, name="waiting"),
    path("sent/", lists.sent, name="sent"),
    path("connections/", lists.connections, name="connections"),
    path("following/", lists.following, name="following"),
    path("followers/", lists.followers, name="followers"),
    path("blocked/", lists.blocked, name="blocked"),
    path("invitations/<int:pk>/", invitations.invitation, name="invitation"),
    path("invitations/<int:pk>/acceptance/", invitations.acceptance, name="acceptance"),
    path("invitations/<int:pk>/decline/", invitations.decline, name="decline"),
    path("invitations/<int:pk>/reply/", invitations.reply, name="reply"),
    path("invitations/<int:pk>/disclaimer/", invitations.disclaimer, name="disclaimer"),
    path("invitations/<int:pk>/restoration/", invitations.restoration, name="restoration"),
    path("invitations/<int:pk>/withdrawal/", invitations.withdrawal, name="withdrawal"),
    path("invitations/<int:pk>/reminder/", invitations.reminder, name="reminder"),
    path("with/<handle:handle>/", pairs.pair, name="relation"),
    path("with/<handle:handle>/invitation/", pairs.invitation, name="invite"),
    path("with/<handle:handle>/removal/", pairs.removal, name="removal"),
    path("with/<handle:handle>/follow/", pairs.follow, name="follow"),
    path("with/<handle:handle>/unfollow/", pairs.unfollow, name="unfollow"),
    path("with/<handle:handle>/block/", pairs.block, name="block"),
    path("with/<handle:handle>/unblock/", pairs.unblock, name="unblock"),
]
