"""Addresses: of those who hire under the opening, of the applicant under the application."""

from django.urls import path

from collegium.hiring.interviews.views import applying, arranging, coming

urlpatterns = [
    path("jobs/interviews/", coming.coming, name="interviews_coming"),
    path("jobs/<int:pk>/hiring/interviews/", arranging.interviews, name="interviews"),
    path("jobs/<int:pk>/hiring/interviews/new/", arranging.offer, name="interview_offer"),
    path("jobs/<int:pk>/hiring/interviews/<int:interview>/", arranging.one, name="interview"),
    path("jobs/<int:pk>/hiring/interviews/<int:interview>/change/", arranging.change, name="interview_change"),
    path("jobs/<int:pk>/hiring/interviews/<int:interview>/cancel/", arranging.cancel, name="interview_cancel"),
    path("jobs/<int:pk>/hiring/interviews/<int:interview>/restoration/", arranging.restore, name="interview_restore"),
    path("jobs/<int:pk>/hiring/interviews/<int:interview>/reminder/", coming.remind, name="interview_remind"),
    path("jobs/<int:pk>/hiring/interviews/<int:interview>/interview.ics", arranging.file, name="interview_file"),
    path("applications/<int:pk>/interviews/", applying.interviews, name="my_interviews"),
    path("applications/<int:pk>/interviews/<int:interview>/", applying.one, name="my_interview"),
    path("applications/<int:pk>/interviews/<int:interview>/choice/", applying.choose, name="my_interview_choice"),
    path("applications/<int:pk>/interviews/<int:interview>/other-times/", applying.other, name="my_interview_other"),
    path("applications/<int:pk>/interviews/<int:interview>/reminder/", applying.remind, name="my_interview_remind"),
    path("applications/<int:pk>/interviews/<int:interview>/interview.ics", applying.file, name="my_interview_file"),
]
