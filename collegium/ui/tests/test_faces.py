import pytest

from collegium.ui import faces


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Lindqvist", "AL"),
        ("Ada", "A"),
        ("ada von lindqvist", "AL"),
        ("Anne-Marie Curie", "AC"),
        ("田中 花子", "田"),
        ("ليلى حداد", "ل"),
        ("Олена Коваль", "ОК"),
        ("  ", "·"),
        ("42 Studio", "S"),
        ("7", "7"),
    ],
)
def test_initials_in_any_script(name, letters):
    assert faces.initials(name) == letters


def test_a_face_is_stable_and_faces_differ():
    assert faces.palette("ada") == faces.palette("ada")
    assert len({faces.palette(f"person-{n}") for n in range(500)}) > 250
