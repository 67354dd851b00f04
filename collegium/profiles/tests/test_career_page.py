"""The career on a person's page: what is said of it, how it is grouped and folded, and what it costs."""

import pytest

from collegium.career import actions
from collegium.career.sections import SPECS, Section
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script> "q" & {{ 7*7 }} </script> \u202ejavascript:alert(1)'


def main_of(client, path):
    page = client.get(path)
    assert page.status_code == 200
    text = page.content.decode()
    return text[text.index("<main") : text.index("</main")]


def test_roles_at_one_employer_stand_together(cast):
    record = Organization.objects.create(handle="nordvatten", name="Nordvatten", kind="company")
    add = lambda title, **more: actions.add(cast.ada, Section.POSITIONS, title=title, **more)  # noqa: E731 - a name for what is asked twice
    add("Head of dams", organization_name="Nordvatten", started="2021-03")
    add("Dam engineer", organization_name="Nordvatten", started="2014-01", ended="2021-03")
    add("Lecturer", organization_name="KTH", started="2022")
    main = main_of(cast.client("bo"), cast.ada.path)
    group = main[main.index("entry group") :]
    assert group.count(f'href="{record.path}"') == 1
    assert main.index("Head of dams") < main.index("Dam engineer")
    assert '<time class="dt-start" datetime="2014-01">January 2014</time> – <span>present</span>' in main
    assert 'datetime="2022">2022</time> – <span>present</span>' in main
    assert '<a class="p-location h-card" href="/organizations/kth/"><bdi>KTH</bdi></a>' in main


def test_a_long_part_is_folded_and_its_page_has_the_rest(cast):
    for n in range(35):
        actions.add(
            cast.ada, Section.POSITIONS, title=f"Role {n:02}", organization_name=f"Firm {n:02}", started=f"{1980 + n}"
        )
    bo = cast.client("bo")
    main = main_of(bo, cast.ada.path)
    shown = [n for n in range(35) if f"Role {n:02}" in main]
    assert shown == [30, 31, 32, 33, 34]
    assert f'href="{cast.ada.path}positions/">All 35 positions</a>' in main
    path, seen = f"{cast.ada.path}positions/", []
    while path:
        main = main_of(bo, path)
        seen += sorted((n for n in range(35) if f"Role {n:02}" in main), reverse=True)
        path = f"{cast.ada.path}positions/?after=" + main.split("?after=")[1].split('"')[0] if "?after=" in main else ""
    assert seen == list(range(34, -1, -1))


def test_a_broken_cursor_of_a_part_does_not_exist(cast):
    actions.add_skills(cast.ada, ["One", "Two"])
    for cursor in ["x", "%00", "AAAA", "A" * 5000, "AAAAAAAAAAE", "💧"]:
        for part in ("skills", "positions", "recommendations"):
            assert cast.client("bo").get(f"{cast.ada.path}{part}/", {"after": cursor}).status_code == 404, cursor


def test_words_of_a_career_are_only_ever_words(cast):
    Member.objects.filter(pk=cast.ada.pk).update(visibility=0, pronunciation=HOSTILE[:100])
    for section in Section:
        columns = {
            column.name: HOSTILE[: column.limit]
            for column in SPECS[section].columns
            if column.kind in ("line", "organization", "place", "text", "url")
        }
        actions.add(cast.ada, section, **columns)
    actions.add_skills(cast.ada, [HOSTILE[:60]])
    actions.put_contact(cast.ada, kind="website", value="javascript:alert(1)", label=HOSTILE[:60], audience=0)
    actions.put_contact(cast.ada, kind="email", value="x@y\"onmouseover='alert(1)'", audience=0)
    for who in ("ada", "bo", "nobody"):
        for path in (cast.ada.path, *(f"{cast.ada.path}{section}/" for section in Section), f"{cast.ada.path}skills/"):
            page = cast.client(who).get(path)
            assert page.status_code == 200, path
            text = page.content.decode()
            assert "<script>alert" not in text
            assert 'href="javascript' not in text.lower()
            assert "&#39;alert(1)&#39;" in text or "'alert(1)'" not in text
    assert text.count("</script>") == text.count("<script")


def test_the_owner_finds_where_to_change_it_and_others_do_not(cast):
    item = actions.add(cast.ada, Section.POSITIONS, title="Head of dams", organization_name="Nordvatten")
    own, others = (main_of(cast.client(name), cast.ada.path) for name in ("ada", "bo"))
    for link in (
        f'hx-get="/career/items/{item.pk}/" hx-target="#item-{item.pk}"',
        'hx-get="/career/positions/new/" hx-target="#new-positions"',
        'hx-get="/career/about/"',
        'id="part-courses"',
        'id="new-courses"',
        'action="/career/audiences/positions/"',
    ):
        assert link in own, link
        assert link not in others, link
    assert "/career/" not in others


def test_a_person_without_a_career_has_a_page(make_member, client_of):
    kim, lee = make_member("Kim Lund"), make_member("Lee Park")
    assert "has not written anything here yet" in main_of(client_of(lee), kim.path)
    assert "would you like to be asked about" in main_of(client_of(kim), kim.path)


def test_the_page_costs_the_same_however_long_the_career(cast):
    def more(least, most):
        for n in range(least, most):
            for section in Section:
                columns = dict.fromkeys(SPECS[section].required, f"Acme {n}")
                actions.add(cast.ada, section, **columns, skills=[f"Used {n}"])
        actions.add_skills(cast.ada, [f"Skill {n}" for n in range(least, most)])

    more(0, 1)
    paths = [cast.ada.path, f"{cast.ada.path}positions/", f"{cast.ada.path}skills/"]
    for who in ("ada", "bo", "nobody"):
        Member.objects.filter(pk=cast.ada.pk).update(visibility=0)
        client = cast.client(who)
        look = lambda client=client: [client.get(path) for path in paths]  # noqa: E731 - a name for what is asked twice
        start = {"ada": 1, "bo": 8, "nobody": 15}[who]
        assert_same_queries(look, lambda start=start: more(start, start + 7), look)


def test_a_connection_finds_where_to_recommend_before_anybody_did(cast):
    acts = f'href="/vouching/write/{cast.ada.handle}/"'
    assert acts in main_of(cast.client("bo"), cast.ada.path)
    assert acts not in main_of(cast.client("ada"), cast.ada.path)
    assert acts not in main_of(cast.client("flo"), cast.ada.path)
