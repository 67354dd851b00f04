"""Good pictures come out upright, cut as asked, in every size, and say nothing of where they come from."""

import pytest
import pyvips

from collegium.media.decode import SIZES, Crop, process_image
from collegium.media.tests.pictures import RED, corners, file_of, plain, quarters, speckled, usable_or_refused


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".gif", ".avif"])
@pytest.mark.parametrize("shape", ["photo", "cover"])
def test_every_kind_becomes_webp_in_every_size(suffix, shape):
    files = process_image(file_of(speckled(640, 480), suffix), None, shape)
    for width, file in files.items():
        image = pyvips.Image.new_from_buffer(file, "")
        assert (image.width, image.height) == SIZES[shape][width]
        assert image.get("vips-loader") == "webpload_buffer"
        assert (image.bands, image.interpretation) == (3, "srgb")


@pytest.mark.parametrize(
    "image",
    [
        speckled().colourspace("b-w"),
        speckled().colourspace("grey16"),
        speckled().colourspace("rgb16"),
        plain(100, 100, RED).bandjoin(0),
        speckled().colourspace("b-w").bandjoin(128).cast("uchar"),
    ],
    ids=["grey", "grey16", "rgb16", "transparent", "grey-alpha"],
)
def test_every_colour_model_becomes_srgb(image):
    for file in process_image(file_of(image), None, "photo").values():
        shown = pyvips.Image.new_from_buffer(file, "")
        assert (shown.bands, shown.interpretation, shown.format) == (3, "srgb", "uchar")


def test_cmyk_becomes_srgb():
    cmyk = speckled().icc_transform("cmyk", input_profile="srgb")
    assert usable_or_refused(file_of(cmyk, ".jpg")) == "fine"


def test_what_is_transparent_shows_white():
    clear = plain(100, 100, RED).bandjoin(0)
    assert corners(process_image(file_of(clear), None, "photo")[512]) == ("white",) * 4


@pytest.mark.parametrize(("suffix", "orientation"), [*((".jpg", n) for n in range(1, 9)), (".webp", 6), (".png", 8)])
def test_pictures_stand_upright(suffix, orientation):
    """The same picture, stored in all eight ways, comes out the same."""
    turn = {
        1: lambda i: i,
        2: lambda i: i.fliphor(),
        3: lambda i: i.rot180(),
        4: lambda i: i.flipver(),
        5: lambda i: i.rot270().flipver(),
        6: lambda i: i.rot270(),
        7: lambda i: i.rot90().flipver(),
        8: lambda i: i.rot90(),
    }
    stored = turn[orientation](quarters(500, 300)).copy()
    stored.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    data = file_of(stored, suffix)
    assert corners(process_image(data, None, "photo")[512]) == ("red", "green", "blue", "white")
    below = Crop(0.1, 0.6, 0.9, 0.4)
    assert corners(process_image(data, below, "cover")[800]) == ("blue", "white", "blue", "white")


@pytest.mark.parametrize(
    ("crop", "expected"),
    [
        (None, ("red", "green", "blue", "white")),
        (Crop(0, 0, 0.5, 0.5), ("red",) * 4),
        (Crop(0.5, 0, 0.5, 0.5), ("green",) * 4),
        (Crop(0.5, 0.5, 2, 2), ("white",) * 4),  # too large a frame ends with the picture
        (Crop(-0.5, -0.5, 0.5, 0.5), ("red",) * 4),
        (Crop(0.2, 0.2, 0, 0), ("red", "green", "blue", "white")),  # no frame at all
        (Crop(float("nan"), 0, 1, 1), ("red", "green", "blue", "white")),
        (Crop(float("inf"), 0, 1, 1), ("red", "green", "blue", "white")),
        (Crop(0, 0, 1e300, -5), ("red", "green", "blue", "white")),
    ],
)
def test_the_frame_is_what_is_shown(crop, expected):
    assert corners(process_image(file_of(quarters()), crop, "photo")[512]) == expected


def test_metadata_is_gone(photo_with_a_past):
    for secret in (b"52.3740", b"GPS", b"Ada's phone", b"SN-4711", b"Exif", b"<x:xmpmeta", b"secret place"):
        assert not any(secret in file for file in process_image(photo_with_a_past, None, "photo").values())
    fields = pyvips.Image.new_from_buffer(process_image(photo_with_a_past, None, "photo")[512], "").get_fields()
    assert not [field for field in fields if field.startswith(("exif", "xmp", "iptc", "icc", "orientation"))]


@pytest.fixture
def photo_with_a_past() -> bytes:
    """A JPEG that says where it was made, by which camera, and more."""
    image = speckled().copy()
    for field, value in {
        "exif-ifd0-Make": "Ada's phone",
        "exif-ifd2-BodySerialNumber": "SN-4711",
        "exif-ifd3-GPSLatitude": "52/1 22/1 26/1",
        "exif-ifd3-GPSLatitudeRef": "N",
        "exif-ifd0-ImageDescription": "secret place 52.3740",
    }.items():
        image.set_type(pyvips.GValue.gstr_type, field, value)
    image.set_type(pyvips.GValue.blob_type, "xmp-data", b"<x:xmpmeta>52.3740</x:xmpmeta>")
    data = file_of(image, ".jpg")
    assert b"Ada's phone" in data
    assert b"52.3740" in data
    return data


@pytest.mark.parametrize("suffix", [".webp", ".png", ".jpg"])
def test_the_largest_pictures_pass_in_memory(suffix):
    """A decoder that would rather use the disk (there is none) is given the memory."""
    options = {".webp": {"effort": 0}, ".png": {"interlace": True, "compression": 1}, ".jpg": {"interlace": True}}
    assert usable_or_refused(file_of(plain(7000, 7000), suffix, **options[suffix])) == "fine"
