from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applications as the applicant knows them: what she sent, how it stands, how it ended."""

    name = "collegium.applications"
    label = "applications"
