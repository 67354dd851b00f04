"""The number shown before posting equals the rule applied to everyone."""

import pytest

from collegium.audience.level import Level
from collegium.audience.reach import reach
from collegium.audience.rule import readers
from collegium.testing.cast import Cast


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("name", ["ada", "bo", "cy", "di", "ed", "eve", "flo", "hal"])
def test_the_count_is_the_number_of_those_who_see(cast: Cast, name: str, level: Level) -> None:
    owner = getattr(cast, name)
    brute = 0 if level == Level.ONLY_ME else readers(owner, level).exclude(pk=owner.pk).count()
    assert reach(owner, level) == brute
