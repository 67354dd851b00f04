"""Addresses of reports."""

from django.urls import path

from collegium.openings.trust import views

urlpatterns = [
    path("jobs/reports/", views.reports, name="reports"),
    path("jobs/<int:pk>/report/", views.report, name="report"),
    path("jobs/<int:pk>/report/settling/", views.settling, name="report_settling"),
]
