"""How far two points of the globe are apart, in Python and in the database, and what lies around one."""

import math
from typing import Any

from django.db.models import F, FloatField, Func, Q, Value
from django.db.models.lookups import LessThanOrEqual

RADIUS = 6371.0088
"""Of the Earth as a ball, in kilometres; distances are right to half a hundredth of themselves."""
HALF_WAY = RADIUS * math.pi
# A box a hair too large costs nothing; the distance decides.
_SLACK = 1e-6


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Kilometres along the great circle between two points."""
    north, south = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(longitude - other_longitude) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(half)))


class Distance(Func):
    """Kilometres from a point to the columns of a row, as `distance` works them out; NULL where a row has no place."""

    output_field = FloatField()
    template = (
        f"(2 * {RADIUS} * asin(least(1, sqrt(power(sin(radians(%(north)s - %(latitude)s) / 2), 2)"
        " + cos(radians(%(north)s)) * cos(radians(%(latitude)s))"
        " * power(sin(radians(%(east)s - %(longitude)s) / 2), 2)))))"
    )

    def __init__(self, latitude: float, longitude: float, prefix: str = "") -> None:
        """Take the point, and what leads to the columns ("town__")."""
        super().__init__(
            F(f"{prefix}latitude"), F(f"{prefix}longitude"), Value(float(latitude)), Value(float(longitude))
        )

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The formula; what stands in it twice is given twice."""
        names = ("north", "east", "latitude", "longitude")
        parts = dict(zip(names, map(compiler.compile, self.source_expressions), strict=True))
        written = self.template % {name: f"({words})::float8" for name, (words, _given) in parts.items()}
        order = ("north", "latitude", "north", "latitude", "east", "longitude")
        return written, [value for name in order for value in parts[name][1]]


def around(latitude: float, longitude: float, kilometres: float, prefix: str = "") -> Q:
    """The condition that a row lies within so many kilometres; rows without a place do not.

    A box that an index answers comes first, then the great circle. The box knows that the date line is a line like any
    other, and that around a pole every longitude is near.

    Args:
        latitude: degrees north.
        longitude: degrees east.
        kilometres: how far; less than none is none.
        prefix: what leads to the columns `latitude` and `longitude`, such as "town__".
    """
    reach = min(max(float(kilometres), 0.0), HALF_WAY)
    exact = Q(LessThanOrEqual(Distance(latitude, longitude, prefix), Value(reach)))
    angle = reach / RADIUS
    south, north = latitude - math.degrees(angle) - _SLACK, latitude + math.degrees(angle) + _SLACK
    box = Q(**{f"{prefix}latitude__range": (south, north)})
    if south <= -90 or north >= 90:
        return box & exact
    width = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(latitude))))) + _SLACK
    return box & _between(f"{prefix}longitude", longitude - width, longitude + width) & exact


def _between(column: str, west: float, east: float) -> Q:
    """A range of longitudes, which may lead over the date line."""
    if east - west >= 360:
        return Q()
    if west < -180:
        return Q(**{f"{column}__gte": west + 360}) | Q(**{f"{column}__lte": east})
    if east > 180:
        return Q(**{f"{column}__gte": west}) | Q(**{f"{column}__lte": east - 360})
    return Q(**{f"{column}__range": (west, east)})
