"""Signs and wide pictures of groups and pages, drawn: a gauge in a river, a lamp, a stair, a door that stands open."""

from collections.abc import Callable, Mapping

from collegium.media.decode import SIZES, Shape
from collegium.media.storage import store
from collegium.portability.demo.showing.drawings import (
    CLAY,
    GREEN,
    INK,
    LAMP,
    PAPER,
    SHADE,
    WOOD,
    box,
    disc,
    image,
    line,
)

SIDE, WIDE, HIGH, QUALITY = 512, 1600, 400, 85
WATER, DEEP = "#5f93a8", "#28485a"
Drawing = Callable[[], str]


def kept(wanted: Mapping[str, tuple[Drawing, Shape]]) -> dict[str, str]:
    """Draw and keep these; the key of each stored picture by its name.

    They are of our own making, so they need no process of their own to be read in, which takes longer than drawing.
    """
    return {name: store(_sizes(*each)) for name, each in wanted.items()}


def _sizes(drawing: Drawing, shape: Shape) -> dict[int, bytes]:
    """The files that an uploaded picture of this shape would have become."""
    shapes = drawing()
    across, down = (WIDE, HIGH) if shape == "cover" else (SIDE, SIDE)
    return {
        width: image(shapes, across, down, width / across).write_to_buffer(".webp", Q=QUALITY, effort=1)
        for width in SIZES[shape]
    }


def gauge() -> str:
    """A gauge that stands in a river."""
    waves = [line([(x, y + (x // 64 % 2) * 16) for x in range(0, 576, 64)], PAPER, 7) for y in (330, 390, 450)]
    marks = [box(256, y, 46 if y % 80 else 74, 10, INK) for y in range(80, 330, 40)]
    return "".join([box(0, 0, SIDE, SIDE, WATER), box(206, 50, 50, 400, PAPER), *marks, *waves])


def lake() -> str:
    """A hole in the ice, and steps that lead down to it."""
    steps = [box(330, 90 + n * 60, 120, 16, WOOD) for n in range(5)]
    return "".join([box(0, 0, SIDE, SIDE, "#e6eef1"), disc(230, 300, 150, DEEP), disc(230, 312, 128, WATER), *steps])


def page() -> str:
    """Two pages of a book under a lamp."""
    book = line([(76, 380), (256, 340), (436, 380), (436, 190), (256, 150), (76, 190), (76, 380)], INK, 10, PAPER)
    return "".join([box(0, 0, SIDE, SIDE, "#4a3b52"), disc(256, 120, 60, LAMP), book, box(251, 150, 10, 190, INK)])


def snake() -> str:
    """A line that winds between points of measurement."""
    points = [(60, 400), (150, 250), (240, 320), (330, 150), (450, 110)]
    return "".join([
        box(0, 0, SIDE, SIDE, GREEN), line(points, LAMP, 16), *(disc(x, y, 24, PAPER) for x, y in points),
    ])  # fmt: skip


def screwdriver() -> str:
    """A screw, seen from above."""
    return "".join([
        box(0, 0, SIDE, SIDE, CLAY), disc(256, 256, 150, SHADE), disc(256, 256, 130, "#a8a294"),
        box(236, 136, 40, 240, INK), box(136, 236, 240, 40, INK),
    ])  # fmt: skip


def gate() -> str:
    """A dam with one red gate."""
    wall = [box(60 + n * 140, 150, 90, 260, SHADE) for n in range(3)]
    return "".join([box(0, 0, SIDE, SIDE, DEEP), *wall, box(150, 220, 50, 110, CLAY), box(0, 410, SIDE, 102, WATER)])


def door() -> str:
    """A door that stands open, with light behind it."""
    leaf = line([(300, 90), (400, 130), (400, 450), (300, 420), (300, 90)], INK, 6, WOOD)
    return "".join([box(0, 0, SIDE, SIDE, "#35506b"), box(130, 90, 170, 330, LAMP), leaf, disc(378, 290, 11, INK)])


def stair() -> str:
    """Five steps, and a handrail at two heights."""
    up = [(60 + n // 2 * 78, 440 - (n + 1) // 2 * 66) for n in range(11)]
    rails = [line([(70, y), (450, y - 320)], tone, 14) for y, tone in ((330, WOOD), (380, CLAY))]
    return "".join([box(0, 0, SIDE, SIDE, PAPER), line([*up, (450, 440), (60, 440)], INK, 8, SHADE), *rails])


def roof() -> str:
    """The front of a school: a roof, five windows, a clock."""
    windows = [box(90 + n * 72, 310, 44, 110, LAMP) for n in range(5)]
    front = line([(50, 250), (256, 90), (462, 250), (50, 250)], INK, 8, CLAY)
    return "".join([
        box(0, 0, SIDE, SIDE, "#b9cdd3"), box(70, 250, 372, 200, PAPER), front, disc(256, 196, 34, PAPER),
        line([(256, 196), (256, 172)], INK, 6), line([(256, 196), (272, 204)], INK, 6), *windows,
    ])  # fmt: skip


def valley() -> str:
    """A long lake between hills, with a dam at its end."""
    far = line(
        [(0, 220), (300, 90), (620, 200), (900, 70), (1250, 190), (1600, 110), (1600, 400), (0, 400)], INK, 0, GREEN
    )
    near = line([(0, 400), (0, 300), (420, 230), (760, 400)], INK, 0, "#2f5547")
    dam = [box(1120 + n * 70, 200, 44, 110, SHADE) for n in range(6)]
    return "".join([box(0, 0, WIDE, HIGH, "#dfe9ea"), far, box(0, 250, WIDE, 150, WATER), near, *dam])


def ice() -> str:
    """Morning on the ice: tracks of many feet towards a jetty."""
    tracks = [disc(80 + n * 46, 330 - n * 5 + (n % 2) * 18, 6, "#9fb3bd") for n in range(26)]
    sky = [box(0, 0, WIDE, 150, "#f2d9c4"), disc(1180, 150, 70, LAMP), box(0, 150, WIDE, 250, "#e6eef1")]
    return "".join(
        [*sky, *tracks, box(1290, 210, 240, 14, WOOD), box(1500, 150, 10, 74, INK), disc(1330, 300, 60, DEEP)]
    )


def corridor() -> str:
    """A long corridor at night, with one door open."""
    doors = [box(90 + n * 250, 110, 120, 230, LAMP if n == 3 else "#46617c") for n in range(6)]
    return "".join([box(0, 0, WIDE, HIGH, "#2d4258"), *doors, box(0, 340, WIDE, 60, "#8fa3b3")])
