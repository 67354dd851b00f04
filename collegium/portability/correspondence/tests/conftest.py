import pytest

from collegium.testing.cast import Cast


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    """Uploads of a test go with it."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def ada(cast: Cast):
    return cast.client("ada")
