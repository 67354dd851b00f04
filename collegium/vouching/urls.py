"""Addresses of what people say for each other: nouns; making one is a POST to it."""

from django.urls import path

from collegium.lib import addresses  # noqa: F401 - registers `handle`
from collegium.vouching.views import choosing, endorsements, lists, recommendations, requests, together, writing

app_name = "vouching"

urlpatterns = [
    path("", lists.received, name="received"),
    path("given/", lists.given, name="given"),
    path("requests/", lists.requests, name="requests"),
    path("asked/", lists.asked, name="asked"),
    path("together/", lists.together, name="together"),
    path("elsewhere/", lists.elsewhere, name="elsewhere"),
    path("elsewhere/<int:pk>/showing/", recommendations.showing, name="showing"),
    path("elsewhere/<int:pk>/hiding/", recommendations.unshowing, name="unshowing"),
    path("of/<handle:handle>/", lists.of, name="of"),
    path("ask/", choosing.to_ask, name="to_ask"),
    path("write/", choosing.to_recommend, name="to_recommend"),
    path("with/", choosing.to_propose, name="to_propose"),
    path("ask/<handle:handle>/", requests.ask, name="ask"),
    path("write/<handle:handle>/", writing.write, name="write"),
    path("requests/<int:pk>/", requests.request, name="request"),
    path("requests/<int:pk>/decline/", requests.decline, name="decline"),
    path("requests/<int:pk>/restoration/", requests.restoration, name="restoration"),
    path("requests/<int:pk>/withdrawal/", requests.withdrawal, name="withdrawal"),
    path("requests/<int:pk>/reminder/", requests.reminder, name="reminder"),
    path("recommendations/<int:pk>/", recommendations.recommendation, name="recommendation"),
    path("recommendations/<int:pk>/approval/", recommendations.approval, name="approval"),
    path("recommendations/<int:pk>/return/", recommendations.sending_back, name="return"),
    path("recommendations/<int:pk>/hiding/", recommendations.hiding, name="hiding"),
    path("recommendations/<int:pk>/edit/", writing.edit, name="edit"),
    path("recommendations/<int:pk>/retraction/", writing.retraction, name="retraction"),
    path("with/<handle:handle>/", together.propose, name="propose"),
    path("confirmations/<int:pk>/", together.confirmation, name="confirmation"),
    path("confirmations/<int:pk>/confirmation/", together.confirming, name="confirming"),
    path("confirmations/<int:pk>/end/", together.ending, name="ending"),
    path("skills/<int:pk>/", endorsements.endorsers, name="endorsers"),
    path("skills/<int:pk>/endorsement/", endorsements.endorsement, name="endorsement"),
    path("skills/<int:pk>/endorsement/removal/", endorsements.removal, name="removal"),
    path("skills/<int:pk>/hiding/", endorsements.hiding_all, name="hiding_all"),
    path("skills/<int:pk>/showing/", endorsements.showing_all, name="showing_all"),
    path("endorsements/<int:pk>/hiding/", endorsements.hiding, name="endorsement_hiding"),
    path("endorsements/<int:pk>/showing/", endorsements.showing, name="endorsement_showing"),
]
