"""Pictures for the demo, drawn: stairs in section and plan, a radio, a valley; nobody's photographs."""

import logging
from collections.abc import Callable, Iterable

import pyvips

# It tells of every step it takes.
logging.getLogger("pyvips").setLevel(logging.WARNING)
WIDTH, HEIGHT = 1500, 1000
# As wide as a card needs on a sharp screen; more would only take longer to encode.
SHOWN = 1200
INK, PAPER, SHADE, WOOD = "#2b2a33", "#f4efe4", "#d9d0bd", "#c08a52"
GREEN, CLAY, LAMP = "#3f6f5e", "#b5623f", "#ffd98a"


def drawn(scene: Callable[[], str]) -> bytes:
    """A scene as a PNG."""
    made: bytes = image(scene(), WIDTH, HEIGHT, SHOWN / WIDTH).write_to_buffer(".png", compression=1)
    return made


def image(shapes: str, width: int, height: int, scale: float = 1) -> pyvips.Image:
    """Shapes on a sheet of this size, as pixels."""
    sheet = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{shapes}</svg>'
    return pyvips.Image.svgload_buffer(sheet.encode(), scale=scale).flatten()


def box(x: float, y: float, w: float, h: float, fill: str, more: str = "") -> str:  # noqa: PLR0917 - as SVG has them
    """A rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="{fill}" {more}/>'


def line(points: Iterable[tuple[float, float]], stroke: str = INK, width: float = 4, fill: str = "none") -> str:
    """A stroke through these points."""
    way = " ".join(f"{x:g},{y:g}" for x, y in points)
    look = 'stroke-linejoin="round" stroke-linecap="round"'
    return f'<polyline points="{way}" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}" {look}/>'


def disc(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    """A circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}" {more}/>'


def glow(name: str, colour: str) -> str:
    """A light that fades; filled with `url(#name)`."""
    return (
        f'<radialGradient id="{name}"><stop offset="0" stop-color="{colour}" stop-opacity=".95"/>'
        f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></radialGradient>'
    )


def fade(name: str, *colours: str) -> str:
    """A colour that turns into others downwards."""
    last = max(len(colours) - 1, 1)
    stops = "".join(f'<stop offset="{at / last:g}" stop-color="{one}"/>' for at, one in enumerate(colours))
    return f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1">{stops}</linearGradient>'


def steps(x: float, y: float, count: int, run: float, rise: float) -> list[tuple[float, float]]:
    """The outline of stairs that go up to the right."""
    found = [(x, y)]
    for at in range(count):
        found += [(x + at * run, y - (at + 1) * rise), (x + (at + 1) * run, y - (at + 1) * rise)]
    return found


def under_the_stairs() -> str:
    """Somebody small reads under the stairs, by one lamp."""
    up = steps(180, 860, 13, 84, 50)
    below = [*up, (up[-1][0], 860), (180, 860)]
    parts = [f"<defs>{glow('lamp', LAMP)}</defs>", box(0, 0, WIDTH, HEIGHT, PAPER), line(below, INK, 0, SHADE)]
    parts += [line([(560, 860), (1272, 430), (1272, 860)], INK, 0, "#3b3540"), disc(1010, 700, 330, "url(#lamp)")]
    parts += [box(620, 826, 652, 34, CLAY, 'rx="10"'), line([(1010, 590), (1010, 640)], INK, 5)]
    parts += [line([(976, 676), (1010, 636), (1044, 676)], INK, 4, LAMP), disc(880, 742, 30, "#e9bd95")]
    parts += [f'<path d="M838 830 q6 -66 42 -66 q36 0 46 66 z" fill="{GREEN}"/>']
    parts += [
        f'<path d="M908 790 l44 -14 l44 14 v30 l-44 -12 l-44 12 z" fill="#fffdf6" stroke="{INK}" stroke-width="3"/>'
    ]
    # What the lamp must not reach: the floor below, and the room behind the wall.
    parts += [box(0, 860, WIDTH, 140, "#e8dfcc"), box(1276, 0, 224, 860, PAPER)]
    parts += [line(up, INK, 9), box(0, 860, WIDTH, 10, INK), line([(1272, 210), (1272, 860)], INK, 9)]
    parts += [line([(x - 42, y), (x - 42, y - 116)], WOOD, 5) for x, y in up[2::2]]
    parts += [line([(x - 42, y - 120) for x, y in up[2::2]], WOOD, 13)]
    return "".join(parts)


def section() -> str:
    """A library in section, at 1:20: two floors, a stair, books, a tree outside."""
    parts = [box(0, 0, WIDTH, HEIGHT, "#fbfaf6")]
    parts += [line([(0, y), (WIDTH, y)], "#ebe6da", 1.5) for y in range(40, HEIGHT, 40)]
    parts += [line([(x, 0), (x, HEIGHT)], "#ebe6da", 1.5) for x in range(20, WIDTH, 40)]
    parts += [disc(1330, 520, 118, "#9db8a4"), disc(1270, 590, 82, "#b4c9b5"), box(1318, 560, 20, 260, WOOD)]
    parts += [box(180, 190, 960, 26, INK), box(180, 500, 460, 20, INK), box(900, 500, 240, 20, INK)]
    parts += [box(60, 820, 1400, 26, INK), box(180, 190, 20, 640, INK), box(1120, 190, 20, 340, INK)]
    up = steps(592, 820, 10, 31, 32)
    parts += [line([*up, (902, 820), (592, 820)], INK, 0, SHADE), line(up, INK, 7)]
    shelves = [(250, 520), (330, 520), (410, 520), (250, 216), (330, 216), (960, 216), (1030, 216)]
    for x, y in shelves:
        parts.append(box(x, y + 60, 56, 240 if y > 300 else 224, "none", f'stroke="{INK}" stroke-width="4"'))
        for row in range(4):
            tones = (GREEN, CLAY, WOOD, "#8c93a8", INK)
            parts += [box(x + 6 + n * 9, y + 70 + row * 56, 7, 40, tones[(n + row + x) % 5]) for n in range(5)]
    for x, y in ((520, 500), (1010, 820), (760, 572)):
        parts += [disc(x, y - 86, 11, INK), line([(x, y - 72), (x, y - 34), (x - 10, y)], INK, 7)]
        parts += [
            line([(x, y - 34), (x + 12, y)], INK, 7),
            line([(x - 18, y - 50), (x, y - 66), (x + 18, y - 48)], INK, 5),
        ]
    return "".join(parts)


def plan() -> str:
    """Twelve stairs from above, one beside the other, each turning otherwise."""
    parts = [box(0, 0, WIDTH, HEIGHT, "#23303a")]
    for at in range(12):
        x, y = 110 + at % 4 * 335, 90 + at // 4 * 290
        parts.append(f'<g transform="translate({x} {y})" stroke="#e8eef0" stroke-width="3" fill="none">')
        parts.append(box(0, 0, 275, 210, "none", 'stroke-opacity=".35"'))
        parts.append((_straight, _spiral, _turning)[at % 3](4 + at % 5))
        parts.append("</g>")
    return "".join(parts)


def _straight(count: int) -> str:
    treads = "".join(
        line([(30 + n * 215 / count, 60), (30 + n * 215 / count, 150)], "#e8eef0", 3) for n in range(count + 1)
    )
    sides = "".join(line([(30, y), (245, y)], "#e8eef0", 3) for y in (60, 150))
    return f"{treads}{sides}{line([(20, 105), (232, 105)], '#e9a26f', 3)}"


def _spiral(count: int) -> str:
    turns = "".join(
        f'<line x1="137" y1="105" x2="137" y2="20" transform="rotate({n * 270 / (count + 4):g} 137 105)"/>'
        for n in range(count + 5)
    )
    return f'{turns}<circle cx="137" cy="105" r="85"/><circle cx="137" cy="105" r="12" fill="#e9a26f" stroke="none"/>'


def _turning(count: int) -> str:
    low = "".join(
        line([(40 + n * 130 / count, 125), (40 + n * 130 / count, 190)], "#e8eef0", 3) for n in range(count + 1)
    )
    high = "".join(
        line([(170, 125 - n * 100 / count), (240, 125 - n * 100 / count)], "#e8eef0", 3) for n in range(count + 1)
    )
    return f"{low}{high}{line([(30, 158), (205, 158), (205, 34)], '#e9a26f', 3)}"


def handrail() -> str:
    """A rail in the evening, at two heights: one for adults, one for children."""
    parts = [f"<defs>{fade('dusk', '#30384f', '#8d6f79', '#eab285')}{glow('sun', '#ffe2b0')}</defs>"]
    parts += [box(0, 0, WIDTH, HEIGHT, "url(#dusk)"), disc(1140, 700, 360, "url(#sun)"), disc(1140, 730, 74, "#fff0cf")]
    up = steps(-60, 1000, 12, 150, 66)
    parts += [line([*up, (1740, 1100), (-60, 1100)], INK, 0, "#23212c")]
    for x, y in up[2::4]:
        parts += [line([(x - 75, y), (x - 75, y - 250)], "#15141b", 12)]
    parts += [line([(-100, 790), (1640, 24)], WOOD, 26), line([(-100, 902), (1640, 136)], CLAY, 18)]
    return "".join(parts)


def radio() -> str:
    """A valve radio from the fifties, its dial alight."""
    parts = [
        f"<defs>{fade('wall', '#42505a', '#2c363e')}{fade('wood', '#9a6238', '#6d4022')}{glow('dial', LAMP)}</defs>"
    ]
    parts += [
        box(0, 0, WIDTH, HEIGHT, "url(#wall)"),
        box(0, 800, WIDTH, 200, "#5d4636"),
        box(0, 800, WIDTH, 12, "#77604e"),
    ]
    parts += [box(250, 250, 1000, 560, "url(#wood)", 'rx="64"'), box(296, 296, 908, 290, "#d8c59a", 'rx="30"')]
    parts += [line([(320 + n * 26, 312), (320 + n * 26, 570)], "#b8a273", 5) for n in range(34)]
    parts += [
        box(330, 620, 840, 110, "#1e1a16", 'rx="14"'),
        '<ellipse cx="750" cy="675" rx="470" ry="150" fill="url(#dial)" opacity=".5"/>',
    ]
    parts += [line([(360 + n * 26, 676), (360 + n * 26, 652 if n % 5 else 636)], LAMP, 3) for n in range(31)]
    parts += [line([(360, 692), (1140, 692)], LAMP, 3), box(826, 628, 6, 94, "#ff6a4d")]
    parts += [disc(750, 440, 40, "#143a2c"), '<path d="M750 440 L716 412 A44 44 0 0 1 784 412 Z" fill="#7dffb0"/>']
    for x in (300, 1200):
        parts += [
            disc(x, 770, 34, "#2a1a10"),
            disc(x, 770, 24, "#e6d2a4"),
            line([(x, 770), (x + 12, 752)], "#2a1a10", 5),
        ]
    parts += [box(340, 806, 60, 22, "#2a1a10"), box(1100, 806, 60, 22, "#2a1a10")]
    return "".join(parts)


def valley() -> str:
    """A dam between hills on a clear morning, for covers."""
    parts = [f"<defs>{fade('sky', '#8fb3c4', '#dbe6e0', '#f6e7cf')}{fade('lake', '#5f8a97', '#a9c3c3')}</defs>"]
    parts += [box(0, 0, WIDTH, HEIGHT, "url(#sky)"), disc(1120, 250, 64, "#fff4d8")]
    hills = {
        "#9db5ae": "M0 470 Q260 300 520 430 T1040 390 T1500 450 V1000 H0 Z",
        "#7b9c8f": "M0 560 Q180 430 420 540 L460 720 H0 Z",
        "#6c8f80": "M1500 520 Q1300 420 1080 560 L1040 740 H1500 Z",
    }
    parts += [f'<path d="{way}" fill="{fill}"/>' for fill, way in hills.items()]
    parts += ['<path d="M300 600 H1200 L1150 700 H350 Z" fill="url(#lake)"/>']
    parts += [
        line([(330 + n * 60, 622 + n % 3 * 22), (420 + n * 60, 622 + n % 3 * 22)], "#e6efec", 3) for n in range(13)
    ]
    parts += ['<path d="M300 660 Q750 735 1200 660 V700 L1120 900 Q750 960 380 900 L300 700 Z" fill="#c9c4b6"/>']
    parts += ['<path d="M300 660 Q750 735 1200 660 V684 Q750 760 300 684 Z" fill="#e6e1d3"/>']
    for n in range(9):
        low, high = abs(n - 4) * 3, abs(n - 4) * 4
        parts.append(line([(430 + n * 80, 733 - high), (430 + n * 80, 919 - low)], "#aaa494", 5))
    parts += [box(720, 668, 60, 54, CLAY), line([(708, 670), (750, 636), (792, 670)], INK, 6, CLAY)]
    parts += ['<path d="M0 1000 V880 Q300 800 640 930 Q900 1010 1500 860 V1000 Z" fill="#4f7263"/>']
    parts += ['<path d="M700 930 Q760 960 730 1000 H830 Q820 960 770 928 Z" fill="#a9c3c3"/>']
    return "".join(parts)
