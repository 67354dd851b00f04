"""Who has which page of a group, who is named on it, and where a group turns up: as tables.

Cells: 2 the page, 0 forbidden, 4 as if it did not exist, 3 sent on (to sign in, or past the door).
"""

import pytest

from collegium.groups.models import Group, Joining, Membership
from collegium.groups.tests.scene import RULES, Scene, asked, ban_of, group_of, make_scene, seat
from collegium.groups.views.people import FILTERS
from collegium.members.models import Member
from collegium.testing.cast import Cast, client_of, make_member

pytestmark = pytest.mark.django_db

NAMES = [
    "owner",
    "manager",
    "moderator",
    "member",
    "gone",
    "invited",
    "asking",
    "banned",
    "stranger",
    "blocked",
    "nobody",
]
CELLS = {200: "2", 302: "3", 403: "0", 404: "4"}
PUBLIC = {
    "about/": "22222222222",
    "welcome/": "22220000023",
    "rules/": "22220000023",
    "join/": "33332220233",
    "request/": "33332220233",
    "leave/": "22220000023",
    "mine/": "22220000023",
    "members/": "22222222223",
    "members/{member}/role/": "20000000003",
    "members/{member}/removal/": "22200000003",
    "members/{member}/ban/": "22200000003",
    "bans/": "22200000003",
    "requests/": "22000000003",
    "requests/{request}/decline/": "22000000003",
    "invite/": "22220000023",
    "log/": "22000000003",
    "settings/": "22000000003",
    "settings/questions/": "22000000003",
    "settings/photo/": "22000000003",
    "settings/cover/": "22000000003",
    "settings/ending/": "20000000003",
}
# Who is outside reads no list of people, and nobody who is signed out knows of it.
PRIVATE = PUBLIC | {"about/": "22222222224", "members/": "22220000023"}
# Whoever is outside and not invited knows of no such address at all.
UNLISTED = {
    page: "".join(
        cell if name in ("owner", "manager", "moderator", "member", "blocked", "invited") or cell == "3" else "4"
        for name, cell in zip(NAMES, cells, strict=True)
    )
    for page, cells in PRIVATE.items()
} | {"about/": "22224244424", "join/": "33334244433", "request/": "33334044433"}
TABLES = {"public": PUBLIC, "private": PRIVATE, "unlisted": UNLISTED}


def scene_of(cast: Cast, visibility: str) -> Scene:
    joining = Joining.INVITATION if visibility == "unlisted" else Joining.REQUEST
    return make_scene(cast, visibility=visibility, joining=joining, welcome="Hello.")


@pytest.mark.parametrize("visibility", list(TABLES))
@pytest.mark.parametrize("page", list(PUBLIC))
def test_who_has_which_page(cast: Cast, visibility: str, page: str) -> None:
    scene = scene_of(cast, visibility)
    # Ada and Ed do not see each other; here somebody is meant whom all of them see.
    person = seat(scene.group, make_member("Pia Holt")).member
    address = scene.group.path + page.format(member=person.handle, request=asked(scene).pk)
    cells = "".join(CELLS[scene.client(name).get(address).status_code] for name in NAMES)
    assert cells == TABLES[visibility][page]


def names_on(page: str, *members: Member) -> str:
    return "".join(str(int(each.name in page)) for each in members)


# Who is named on the list of members: Bo (owner), Cy (manager), Di (moderator), Ada, Ed, Hoa, whose page is hidden.
# Ada blocked Ed. From outside a public group, hidden people are not shown.
LISTED = {
    "owner": "111111",
    "manager": "111111",
    "moderator": "111111",
    "member": "111101",
    "blocked": "111011",
    "gone": "111110",
    "banned": "111110",
    "stranger": "111110",
}


@pytest.mark.parametrize("name", list(LISTED))
@pytest.mark.parametrize("visibility", ["public", "private"])
def test_who_is_named_on_the_list_of_members(cast: Cast, name: str, visibility: str) -> None:
    scene = scene_of(cast, visibility)
    hoa = seat(scene.group, make_member("Hoa Le", visibility=Member.Visibility.HIDDEN)).member
    seat(scene.group, cast.gus)
    answer = scene.client(name).get(f"{scene.group.path}members/")
    inside = name in ("owner", "manager", "moderator", "member", "blocked")
    if visibility == "private" and not inside:
        assert answer.status_code == 403
        return
    page = answer.content.decode()
    assert names_on(page, cast.bo, cast.cy, cast.di, cast.ada, cast.ed, hoa) == LISTED[name]
    assert cast.gus.name not in page


def test_the_page_of_what_it_is_about_names_its_keepers_and_nobody_else(cast: Cast) -> None:
    scene = scene_of(cast, "private")
    page = scene.client("stranger").get(f"{scene.group.path}about/").content.decode()
    assert RULES in page
    assert names_on(page, cast.bo, cast.cy, cast.di, cast.ada, cast.ed) == "11000"
    Member.objects.filter(pk=cast.bo.pk).update(visibility=Member.Visibility.HIDDEN)
    page = scene.client("stranger").get(f"{scene.group.path}about/").content.decode()
    assert names_on(page, cast.bo, cast.cy) == "01"


def test_signed_out_the_keepers_of_a_public_group_are_named_where_their_page_is_public(cast: Cast) -> None:
    scene = scene_of(cast, "public")
    Member.objects.filter(pk=cast.cy.pk).update(visibility=Member.Visibility.PUBLIC)
    page = scene.client("nobody").get(f"{scene.group.path}about/").content.decode()
    assert names_on(page, cast.bo, cast.cy, cast.di) == "010"


@pytest.mark.parametrize("visibility", list(TABLES))
def test_where_a_group_turns_up(cast: Cast, visibility: str) -> None:
    """In the directory and in search: public and private for all who are signed in, unlisted for its own alone."""
    scene = scene_of(cast, visibility)
    for name in NAMES[:-1]:
        inside = name in ("owner", "manager", "moderator", "member", "blocked", "invited")
        for address in ("/groups/", "/groups/?q=wóoden BOA"):
            page = scene.client(name).get(address).content.decode()
            assert (scene.group.name in page) == (inside or visibility != "unlisted"), (name, address)


def test_a_profile_says_nothing_of_groups(cast: Cast) -> None:
    scene = scene_of(cast, "public")
    assert scene.group.name not in scene.client("stranger").get(cast.ada.path).content.decode()


def test_the_list_goes_on_where_it_stopped_and_counts_are_exact(cast: Cast) -> None:
    group = group_of(cast.bo)
    for number in range(70):
        seat(group, make_member(f"Person {number:02}"), role=number % 3 if number < 30 else 0)
    browser, seen, address = cast.client("bo"), [], f"{group.path}members/"
    while address:
        page = browser.get(address).content.decode()
        found = [part.partition("</bdi>")[0] for part in page.split("<bdi>Person ")[1:]]
        seen += list(dict.fromkeys(found))
        address = page.partition(f'href="{group.path}members/?after=')[2].partition('"')[0]
        address = f"{group.path}members/?after={address}" if address else ""
    assert len(seen) == len(set(seen)) == 70
    roles = dict(Membership.objects.filter(group=group).values_list("member__name", "role"))
    ranks = [roles[f"Person {number}"] for number in seen]
    assert ranks == sorted(ranks, reverse=True)
    group.refresh_from_db()
    assert group.member_count == Membership.objects.filter(group=group).count() == 71
    Membership.objects.filter(group=group, role=1).delete()
    group.refresh_from_db()
    assert group.member_count == Membership.objects.filter(group=group).count()
    assert "owners" in FILTERS


def test_the_number_of_members_is_kept_for_many_groups_at_once(cast: Cast) -> None:
    groups = [group_of(cast.bo, f"Group {number}") for number in range(3)]
    people = [make_member(f"Person {number}") for number in range(4)]
    Membership.objects.bulk_create([Membership(member=each, group=group) for each in people for group in groups])
    people[0].user.delete()
    assert set(Group.objects.values_list("member_count", flat=True)) == {4}


def test_logs_and_bans_name_whom_one_does_not_see(cast: Cast) -> None:
    scene = scene_of(cast, "private")
    assert ban_of(scene).reason in client_of(cast.bo).get(f"{scene.group.path}log/").content.decode()
    assert scene.banned.name in client_of(cast.di).get(f"{scene.group.path}bans/").content.decode()
