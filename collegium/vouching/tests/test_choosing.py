"""Choosing whom to ask, to recommend, to have worked with."""

from collections.abc import Callable

import pytest
from django.test import Client

from collegium.career import actions as career
from collegium.career.sections import Section
from collegium.members.models import Member
from collegium.testing.cast import Cast, connect
from collegium.vouching import rules
from collegium.vouching.choosing import PAGE
from collegium.vouching.forms import AskForm
from collegium.vouching.tests.scene import job


@pytest.mark.parametrize("deed", ["ask", "write", "with"])
def test_connections_are_offered_and_nobody_else(cast: Cast, deed: str) -> None:
    page = cast.client("ada").get(f"/vouching/{deed}/").text
    assert f"/vouching/{deed}/{cast.bo.handle}/" in page
    for name in ("cy", "di", "eve", "gus"):
        assert f"/vouching/{deed}/{getattr(cast, name).handle}/" not in page
    assert cast.client("eve").get(f"/vouching/{deed}/").status_code == 200
    assert Client().get(f"/vouching/{deed}/").status_code == 302


def test_the_search_reads_names_and_never_breaks(cast: Cast) -> None:
    ada = cast.client("ada")
    assert cast.bo.handle in ada.get("/vouching/ask/?q=BÓ").text
    assert cast.bo.handle not in ada.get("/vouching/ask/?q=zzz").text
    for odd in ("%00", "%25_", "a" * 500, "%E2%80%AE"):
        assert ada.get(f"/vouching/ask/?q={odd}").status_code == 200
    assert ada.get("/vouching/ask/?after=nonsense").status_code == 404


def test_each_connection_stands_in_one_stretch(cast: Cast, make_member: Callable[..., Member]) -> None:
    for number in range(PAGE + 3):
        connect(make_member(f"Kim {number:02}"), cast.ada)
    ada = cast.client("ada")
    first = ada.get("/vouching/ask/").text
    link = first.partition("after=")[2].partition('"')[0]
    second = ada.get(f"/vouching/ask/?after={link}").text
    for number in range(PAGE + 3):
        path = f"/vouching/ask/kim-{number:02}/"
        assert (path in first) != (path in second)


def test_what_it_is_about_is_grouped_and_work_comes_first(cast: Cast) -> None:
    career.add(cast.ada, Section.EDUCATION, organization_name="School of Cloth", title="Diploma")
    job(cast.ada)
    form = AskForm(None, writer=cast.bo, items=rules.positions(cast.ada, cast.bo))
    _general, *groups = form.fields["item"].choices  # type: ignore[attr-defined]
    assert [name for name, _rows in groups] == ["Experience", "Education"]
