import pytest

from collegium.config.shelf import SOURCES
from collegium.documents import shelf


@pytest.fixture(autouse=True)
def places_of_files(settings, tmp_path):
    """Files of tests lie in folders of their own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture(autouse=True)
def all_sources():
    """The shelf as the roof lays it."""
    shelf.sources.lay(SOURCES)
