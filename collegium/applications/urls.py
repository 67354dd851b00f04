"""Addresses of applications: one's own, one's CVs, applying, and the figures of an employer."""

from django.urls import path

from collegium.applications.views import applying, cvs, figures, mine
from collegium.lib import addresses  # noqa: F401 - lays the converter `handle`

app_name = "applications"

urlpatterns = [
    path("applications/", mine.everything, name="everything"),
    path("applications/cvs/", cvs.shelf, name="cvs"),
    path("applications/cvs/new/", cvs.bring, name="cv_new"),
    path("applications/cvs/making/", cvs.make, name="cv_making"),
    path("applications/cvs/<int:pk>/", cvs.one, name="cv_file"),
    path("applications/cvs/<int:pk>/name/", cvs.rename, name="cv_name"),
    path("applications/cvs/<int:pk>/removal/", cvs.remove, name="cv_removal"),
    path("applications/<int:pk>/", mine.one, name="one"),
    path("applications/<int:pk>/cv/", mine.cv, name="sent_cv"),
    path("applications/<int:pk>/photo/", mine.photo, name="sent_photo"),
    path("applications/<int:pk>/withdrawal/", mine.withdraw, name="withdrawal"),
    path("applications/<int:pk>/erasure/", mine.erase, name="erasure"),
    path("jobs/<int:pk>/apply/", applying.apply, name="apply"),
    path("jobs/<int:pk>/apply/preview/", applying.look, name="preview"),
    path("jobs/<int:pk>/apply/draft/", applying.keep, name="draft"),
    path("jobs/<int:pk>/apply/draft/removal/", applying.drop, name="draft_removal"),
    path("organizations/<handle:handle>/jobs/figures/", figures.show, name="figures"),
]
