"""Addresses. Literal segments stand before those of one application."""

from django.urls import path

from collegium.hiring.interviews.urls import urlpatterns as interviews
from collegium.hiring.views import applicants, assessing, comparing, files, keeping, many, moving, pipelines

ROOT = "jobs/<int:pk>/hiring/"
ONE = ROOT + "<int:application>/"

urlpatterns = [
    *interviews,
    path(ROOT, pipelines.pipeline),
    path(ROOT + "stages/", keeping.stages),
    path(ROOT + "scorecard/", keeping.criteria),
    path(ROOT + "replies/", keeping.replies),
    path(ROOT + "replies/new/", keeping.reply),
    path(ROOT + "replies/<int:reply>/", keeping.reply),
    path(ROOT + "replies/<int:reply>/removal/", keeping.reply_removal),
    path(ROOT + "compare/", comparing.compare),
    path(ROOT + "many/", many.many),
    path(ROOT + "applications.csv", files.table),
    path(ROOT + "applications.json", files.json),
    path(ONE, applicants.applicant),
    path(ONE + "cv/", applicants.cv),
    path(ONE + "photo/", applicants.photo),
    path(ONE + "move/", moving.move),
    path(ONE + "answer/", moving.answer),
    path(ONE + "notes/", assessing.notes),
    path(ONE + "notes/<int:note>/", assessing.note),
    path(ONE + "notes/<int:note>/removal/", assessing.note_removal),
    path(ONE + "rating/", assessing.rating),
]
