"""Whom a search finds: written by hand as policy, one line per visibility, never made by the code it judges."""

import pytest

from collegium.lib.limits import Bucket
from collegium.members.models import Member

pytestmark = pytest.mark.django_db

PUBLIC, MEMBERS, HIDDEN = Member.Visibility.PUBLIC, Member.Visibility.MEMBERS, Member.Visibility.HIDDEN
PEOPLE = "ada bo cy di ed eve flo hal gus"
SEARCHERS = "ada bo cy di ed eve flo hal"

# Who finds Ada. Gus is suspended and nobody is signed out: neither may search.
WHO_FINDS_ADA = {
    PUBLIC: "ada bo cy di flo hal",
    MEMBERS: "ada bo cy di flo hal",
    HIDDEN: "ada bo",
}
# Whom Ada finds. Flo's invitation opens her page to Ada, but does not put a hidden Flo into a search.
WHOM_ADA_FINDS = {
    PUBLIC: "ada bo cy di flo hal",
    MEMBERS: "ada bo cy di flo hal",
    HIDDEN: "ada bo",
}
SURFACES = ("/search/", "/search/suggestions/", "/search/mentions/")
WAYS = {"/search/": ("name", "misspelt"), **dict.fromkeys(SURFACES[1:], ("last", "start", "misspelt", "headline"))}


def finds(browser, surface, typed, person):
    """Whether the person is offered; the page repeats the query, so its own words do not count."""
    answer = browser.get(surface, {"q": typed})
    assert answer.status_code == 200
    page = answer.content.decode()
    body = page[page.index("<main") : page.index("</main")] if "<main" in page else page
    return f"/in/{person.handle}/" in body or f'data-insert="@{person.handle}"' in body


def ways(person):
    last = person.name.split()[-1]
    return {
        "name": person.name,
        "last": last.upper(),
        "start": person.name[:2],
        "misspelt": last[:2] + last[1:],
        "headline": person.headline,
    }


def prepare(visibility, only=None):
    Bucket.objects.all().delete()
    for member in Member.objects.all() if only is None else [only]:
        Member.objects.filter(pk=member.pk).update(
            visibility=visibility, headline=f"Keeper of {member.name.split()[-1]} things"
        )
        member.refresh_from_db()


def test_who_finds_somebody(cast):
    for visibility, expected in WHO_FINDS_ADA.items():
        prepare(visibility, cast.ada)
        browsers = {name: cast.client(name) for name in SEARCHERS.split()}
        for surface in SURFACES:
            others = expected.replace("ada ", "") if surface == "/search/mentions/" else expected
            for way, typed in ways(cast.ada).items():
                found = " ".join(name for name, browser in browsers.items() if finds(browser, surface, typed, cast.ada))
                assert found == others, (visibility, surface, way)


def test_whom_somebody_finds(cast):
    ada = cast.client("ada")
    for visibility, expected in WHOM_ADA_FINDS.items():
        prepare(visibility)
        for surface in SURFACES:
            others = expected.replace("ada ", "") if surface == "/search/mentions/" else expected
            for way in WAYS[surface]:
                found = []
                for name in PEOPLE.split():
                    person = Member.objects.get(pk=getattr(cast, name).pk)
                    if finds(ada, surface, ways(person)[way], person):
                        found.append(name)
                assert " ".join(found) == others, (visibility, surface, way)


def test_only_members_search(cast):
    for name in ("nobody", "gus"):
        for surface in SURFACES:
            answer = cast.client(name).get(surface, {"q": "ada"})
            assert answer.status_code == 302
            fragment = cast.client(name).get(surface, {"q": "ada"}, headers={"HX-Request": "true"})
            assert fragment.status_code == 204
            assert not fragment.content


def test_a_count_is_of_those_one_sees(cast):
    Member.objects.update(headline="Lockkeeper")
    # Ada sees herself, Bo, Cy, Di, Flo, Hal; not Ed (blocked), Eve (blocks), Gus (suspended).
    assert "6 people" in cast.client("ada").get("/search/", {"q": "lockkeeper"}).content.decode()
    Member.objects.filter(pk__in=[cast.di.pk, cast.hal.pk]).update(visibility=HIDDEN)
    assert "4 people" in cast.client("ada").get("/search/", {"q": "lockkeeper"}).content.decode()


def test_blocking_ends_being_found_at_once(cast):
    from collegium.network import actions

    ada = cast.client("ada")
    for surface in SURFACES:
        assert "di-varga" in ada.get(surface, {"q": "varga"}).content.decode()
    actions.block(cast.di, cast.ada)
    for surface in SURFACES:
        assert "di-varga" not in ada.get(surface, {"q": "varga"}).content.decode()


def test_somebody_unseen_is_not_noticed_by_what_is_left_out(cast, make_member):
    """Eve blocked Ada. A search for her name finds what it would find had she never joined: names that are alike."""
    make_member("Eva Marchette")
    for surface in SURFACES:
        page = cast.client("ada").get(surface, {"q": "marchetti"}).content.decode()
        assert "eva-marchette" in page, surface
        assert "eve-marchetti" not in page, surface
        assert "eva-marchette" not in cast.client("bo").get(surface, {"q": "marchetti"}).content.decode(), surface
