"""The composer of home is kept for all to whom it offers the same, and never says what is somebody else's."""

import re
from typing import Any

import pytest
from markupsafe import Markup

from collegium.feed.composing import Composer
from collegium.feed.models import Facet
from collegium.feed.sides import actions as sides
from collegium.groups.models import Group
from collegium.groups.tests.scene import group_of
from collegium.members.models import Member
from collegium.testing.cast import Cast
from collegium.ties.models import Circle
from collegium.ui.stencil import environment

TOKEN = Markup('<input name="csrfmiddlewaretoken" value="t0k3n">')
KEY = re.compile(r'name="form_key" value="([0-9a-f-]{36})"')


def anew(me: Member, group: Group | None = None) -> str:
    """The same, put together for her alone."""
    composer = Composer(me, group=group)
    pieces: Any = environment().get_template("feed/_parts.html").module
    where = {"action": f"{group.path}posts/"} if group is not None else {}
    return str(pieces.composer(composer.form, me, TOKEN, parts=composer.parts, calm=True, **where))


def told(html: str) -> str:
    """All of it but the key, which is another each time."""
    assert KEY.search(html)
    return KEY.sub("", html)


def test_it_is_what_would_be_made_for_her(cast: Cast) -> None:
    Circle.objects.create(owner=cast.bo, name="Rowers <b>")
    sides.found(cast.cy, "Choir & tea", Facet.PERSONAL)
    Member.objects.filter(pk=cast.di.pk).update(name="D'i <i>Other</i>")
    cast.di.refresh_from_db()
    for me in (cast.ada, cast.bo, cast.cy, cast.di, cast.ada, cast.bo):
        assert told(Composer(me).calm(TOKEN)) == told(anew(me))


def test_what_is_hers_alone_stays_hers(cast: Cast) -> None:
    before = Composer(cast.bo).calm(TOKEN)
    circle = Circle.objects.create(owner=cast.bo, name="Rowers")
    assert "Rowers" in Composer(cast.bo).calm(TOKEN)
    assert "Rowers" not in Composer(cast.ada).calm(TOKEN)
    Circle.objects.filter(pk=circle.pk).update(name="Singers")
    assert "Rowers" not in Composer(cast.bo).calm(TOKEN)
    circle.delete()
    assert told(Composer(cast.bo).calm(TOKEN)) == told(before)


def test_each_wall_has_its_own(cast: Cast) -> None:
    groups = [group_of(cast.ada, name) for name in ("Rowers", "Dams & tides")]
    for me in (cast.ada, cast.bo):
        for group in groups:
            assert told(Composer(me, group=group).calm(TOKEN)) == told(anew(me, group))
    assert told(Composer(cast.bo).calm(TOKEN)) == told(anew(cast.bo))


@pytest.mark.usefixtures("db")
def test_every_form_has_a_key_of_its_own(cast: Cast) -> None:
    keys = {KEY.search(Composer(cast.ada).calm(TOKEN))[1] for _time in range(3)}  # type: ignore[index]
    assert len(keys) == 3
