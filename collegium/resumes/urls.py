"""Addresses of what a career is taken away as."""

from django.urls import path

from collegium.lib import addresses  # noqa: F401 - lays the converter `handle`
from collegium.resumes import views

app_name = "resumes"

urlpatterns = [
    path("in/<handle:handle>/cv/", views.page, name="page"),
    path("in/<handle:handle>/cv/resume.pdf", views.pdf_file, name="pdf"),
    path("in/<handle:handle>/cv/resume.docx", views.word_file, name="word"),
    path("in/<handle:handle>/cv/resume.json", views.json_file, name="json"),
    path("in/<handle:handle>/cv/resume.zip", views.spreadsheet_file, name="spreadsheet"),
    path("in/<handle:handle>/cv/resume.vcf", views.card, name="vcard"),
    path("in/<handle:handle>/card.vcf", views.card, name="card"),
]
