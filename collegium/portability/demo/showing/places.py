"""The places where demo people meet: groups, pages and events, which refer to each other."""

from collegium.media.decode import Shape
from collegium.portability.demo.showing import events, groups, marks, pages
from collegium.portability.demo.showing.people import Stage

SIGNS: dict[str, tuple[marks.Drawing, Shape]] = {
    "gauge": (marks.gauge, "photo"),
    "gauge, wide": (marks.valley, "cover"),
    "lake": (marks.lake, "photo"),
    "lake, wide": (marks.ice, "cover"),
    "page": (marks.page, "photo"),
    "snake": (marks.snake, "photo"),
    "screw": (marks.screwdriver, "photo"),
    "gate": (marks.gate, "photo"),
    "gate, wide": (marks.valley, "cover"),
    "door": (marks.door, "photo"),
    "door, wide": (marks.corridor, "cover"),
    "roof": (marks.roof, "photo"),
    "stair": (marks.stair, "photo"),
}


def places(stage: Stage) -> None:
    """Found, fill and furnish them."""
    drawn = marks.kept(SIGNS)
    circles = groups.Circles(stage, drawn)
    measuring = groups.dams(circles)
    swimming = groups.swimmers(circles)
    groups.readers(circles)
    groups.suggested(circles)
    groups.repair(circles)
    events.events(stage, measuring, swimming, pages.pages(stage, drawn))
