"""Addresses of organisations: the directory, their pages, and what is done there.

What belongs to no single organisation lies under `register/`, a word that no organisation has as its handle.
"""

from django.urls import path

from collegium.lib import addresses  # noqa: F401 - lays the converter `handle`
from collegium.pages.figures import views as figures
from collegium.pages.people import views as people
from collegium.pages.views import claiming, disputing, editing, following, merging, reading, working

app_name = "pages"

urlpatterns = [
    path("", reading.directory, name="directory"),
    path("register/parts/", working.parts, name="parts"),
    path("register/same/", merging.likenesses, name="likenesses"),
    path("register/same/<int:pk>/parting/", merging.parting, name="parting"),
    path("register/disputes/", disputing.to_decide, name="to_decide"),
    path("register/disputes/<int:pk>/", disputing.dispute, name="dispute"),
    path("register/disputes/<int:pk>/answer/", disputing.answer, name="answer"),
    path("register/disputes/<int:pk>/withdrawal/", disputing.withdrawal, name="dispute_withdrawal"),
    path("register/disputes/<int:pk>/decision/", disputing.decision, name="decision"),
    path("<handle:handle>/", reading.about, name="page"),
    path("<handle:handle>/people/", people.show, name="people"),
    path("<handle:handle>/figures/", figures.show, name="figures"),
    path("<handle:handle>/figures/<slug:name>.csv", figures.file, name="figures_file"),
    path("<handle:handle>/follow/", following.follow, name="follow"),
    path("<handle:handle>/unfollow/", following.unfollow, name="unfollow"),
    path("<handle:handle>/followers/", following.followers, name="followers"),
    path("<handle:handle>/claim/", claiming.claim, name="claim"),
    path("<handle:handle>/claim/check/", claiming.check, name="check"),
    path("<handle:handle>/claim/withdrawal/", claiming.withdrawal, name="claim_withdrawal"),
    path("<handle:handle>/closing/", claiming.closing, name="closing"),
    path("<handle:handle>/manage/", working.manage, name="manage"),
    path("<handle:handle>/roles/", working.roles, name="roles"),
    path("<handle:handle>/roles/removal/", working.removal, name="role_removal"),
    path("<handle:handle>/roles/retraction/", working.retraction, name="retraction"),
    path("<handle:handle>/roles/naming/", working.naming, name="naming"),
    path("<handle:handle>/roles/acceptance/", working.acceptance, name="acceptance"),
    path("<handle:handle>/roles/refusal/", working.refusal, name="refusal"),
    path("<handle:handle>/log/", working.history, name="log"),
    path("<handle:handle>/edit/", editing.edit, name="edit"),
    path("<handle:handle>/merge/", merging.merge, name="merge"),
    path("<handle:handle>/same/", merging.same, name="same"),
    path("<handle:handle>/disputes/", disputing.disputes, name="disputes"),
    path("<handle:handle>/disputes/new/", disputing.new, name="contest"),
    *(path(f"<handle:handle>/{which}/", editing.picture, {"which": which}, name=which) for which in ("logo", "cover")),
    *(
        path(f"<handle:handle>/{which}/removal/", editing.picture_removal, {"which": which}, name=f"{which}_removal")
        for which in ("logo", "cover")
    ),
]
