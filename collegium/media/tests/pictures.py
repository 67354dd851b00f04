"""Pictures made for tests, and ways to look at what became of them."""

import pytest
import pyvips

from collegium.media.decode import SIZES, UnusableImage, process_image

RED, GREEN, BLUE, WHITE = (250, 10, 10), (10, 250, 10), (10, 10, 250), (250, 250, 250)


def plain(width: int, height: int, colour=(90, 140, 200)) -> pyvips.Image:
    """One colour."""
    return (pyvips.Image.black(width, height, bands=3) + list(colour)).cast("uchar").copy(interpretation="srgb")


def quarters(width: int = 400, height: int = 400) -> pyvips.Image:
    """Red and green above, blue and white below: shows turning, mirroring and cropping."""
    half = width // 2, height // 2
    above = plain(*half, RED).join(plain(*half, GREEN), "horizontal")
    return above.join(plain(*half, BLUE).join(plain(*half, WHITE), "horizontal"), "vertical")


def speckled(width: int = 160, height: int = 120) -> pyvips.Image:
    """Enough detail that damage has something to damage."""
    noise = pyvips.Image.gaussnoise(width, height, mean=128, sigma=60, seed=7)
    return noise.bandjoin([noise.rot180(), 90]).cast("uchar").copy(interpretation="srgb")


def file_of(image: pyvips.Image, suffix: str = ".png", **options) -> bytes:
    return image.write_to_buffer(suffix, **options)


def seen(file: bytes, x: float, y: float) -> str:
    """The colour at a place, in words."""
    image = pyvips.Image.new_from_buffer(file, "")
    point = image(int(x * image.width), int(y * image.height))
    near = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE, "black": (0, 0, 0)}
    return min(near, key=lambda name: sum(abs(a - b) for a, b in zip(near[name], point, strict=True)))


def corners(file: bytes) -> tuple[str, ...]:
    """Top left, top right, bottom left, bottom right."""
    return tuple(seen(file, x, y) for y in (0.2, 0.8) for x in (0.2, 0.8))


def problem_of(data: bytes, shape="photo") -> str:
    """The problem of a picture that must have one; told in one sentence or two."""
    with pytest.raises(UnusableImage) as refused:
        process_image(data, None, shape)
    assert 20 < len(str(refused.value)) < 130
    return refused.value.problem


def usable_or_refused(data: bytes) -> str:
    """What became of any bytes at all; nothing else may."""
    try:
        files = process_image(data, None, "photo")
    except UnusableImage as refused:
        return refused.problem
    assert set(files) == set(SIZES["photo"])
    return "fine"
