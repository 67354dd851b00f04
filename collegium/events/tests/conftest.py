import pytest


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Files of tests lie in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
