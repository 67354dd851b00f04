"""People one may know: reasons under the rule of sight, who never comes up, putting aside, pages, the formula."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.career import actions as career
from collegium.career.models import PartAudience
from collegium.career.sections import Part, Section
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions
from collegium.network.models import Dismissal, Door
from collegium.network.suggestions import actions as verbs
from collegium.network.suggestions import formula, suggesting, variety
from collegium.network.suggestions.formula import Facts, Kind, Together
from collegium.network.suggestions.suggesting import Suggestion, suggest
from collegium.network.tests.reading import read
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Disclaimer, Distance, Invitation

HX = {"HX-Request": "true"}


def found(cast: Cast, viewer: str = "ada") -> dict[str, Suggestion]:
    """Who is suggested, by the first name."""
    return {each.person.name.split()[0].lower(): each for each in suggest(cast.viewer(viewer), 99)}


def said(cast: Cast, name: str, viewer: str = "ada") -> list[str]:
    """The reasons for suggesting somebody; none when she does not come up."""
    each = found(cast, viewer).get(name)
    return [reason.words for reason in each.reasons] if each else []


def at(member: Member, name: str, started: str, ended: str = "", section: Section = Section.POSITIONS) -> None:
    title = {"title": "Engineer"} if section == Section.POSITIONS else {}
    career.add(member, section, organization_name=name, started=started, ended=ended, **title)


def interest(member: Member, title: str) -> None:
    career.add(member, Section.INTERESTS, title=title)


def test_whom_one_knows_through_somebody(cast: Cast) -> None:
    assert said(cast, "cy") == ["You both know Bo Okafor"]
    assert set(found(cast)) == {"cy"}
    assert found(cast)["cy"].standing.degree == 2
    assert set(found(cast, "cy")) == {"ada"}
    assert suggest(cast.viewer("nobody")) == []


@pytest.mark.parametrize(
    ("section", "words"),
    [
        (Section.POSITIONS, "Worked together at Initech, 2019–20"),
        (Section.EDUCATION, "Studied together at Initech, 2019–20"),
    ],
)
def test_the_same_place_in_the_same_years(cast: Cast, section: Section, words: str) -> None:
    at(cast.ada, "Initech", "2018", "2020", section)
    at(cast.di, "Initech", "2019", "2023", section)
    assert said(cast, "di") == [words]
    assert [term.value for term in found(cast)["di"].terms] == [3.5]


def test_not_in_the_same_years(cast: Cast) -> None:
    at(cast.ada, "Initech", "2015", "2017")
    at(cast.di, "Initech", "2019", "2023")
    assert said(cast, "di") == []


def test_skills_interests_and_places(cast: Cast) -> None:
    for member in (cast.ada, cast.di):
        career.add_skills(member, ["Seed drying", "Weaving"])
        interest(member, "Brass bands")
        Member.objects.filter(pk=member.pk).update(place="Delft")
    assert said(cast, "di") == [
        "Both know Seed drying and Weaving",
        "Both in Delft",
        "Both interested in Brass bands",
    ]


def test_a_place_alone_joins_those_who_come_up_anyway(cast: Cast) -> None:
    Member.objects.filter(pk__in=[cast.ada.pk, cast.cy.pk, cast.di.pk]).update(place="Delft")
    assert said(cast, "cy") == ["You both know Bo Okafor", "Both in Delft"]


@pytest.mark.parametrize(
    ("part", "reason"), [(Part.POSITIONS, "Worked"), (Part.SKILLS, "Both know"), (Part.INTERESTS, "Both interested")]
)
@pytest.mark.parametrize("level", [Level.NETWORK, Level.CONNECTIONS, Level.ONLY_ME])
def test_what_one_may_not_read_is_no_reason(cast: Cast, part: Part, reason: str, level: Level) -> None:
    """To Di, a stranger, the part is hidden; to Cy, of the second degree, what is open to the network is a reason."""
    for member in (cast.ada, cast.di, cast.cy):
        at(member, "Initech", "2018", "2020")
        career.add_skills(member, ["Seed drying"])
        interest(member, "Brass bands")
    assert any(words.startswith(reason) for words in said(cast, "di"))
    PartAudience.objects.create(member=cast.di, part=part, audience=level)
    PartAudience.objects.create(member=cast.cy, part=part, audience=level)
    assert not any(words.startswith(reason) for words in said(cast, "di"))
    assert any(words.startswith(reason) for words in said(cast, "cy")) == (level == Level.NETWORK)


def test_a_hidden_holder_does_not_change_what_a_skill_weighs(cast: Cast) -> None:
    for member in (cast.ada, cast.di):
        career.add_skills(member, ["Seed drying"])
    before = found(cast)["di"].score
    career.add_skills(cast.hal, ["Seed drying"])
    PartAudience.objects.create(member=cast.hal, part=Part.SKILLS, audience=Level.ONLY_ME)
    assert found(cast)["di"].score == before
    PartAudience.objects.all().delete()
    assert found(cast)["di"].score < before


def _dismissed(cast: Cast) -> None:
    verbs.dismiss(cast.ada, cast.cy)


def _asked(cast: Cast) -> None:
    actions.invite(cast.ada, cast.cy, note="Hello.")


def _withdrew(cast: Cast) -> None:
    invitation = actions.invite(cast.ada, cast.cy, note="Hello.")
    assert isinstance(invitation, Invitation)
    actions.withdraw(invitation, by=cast.ada)


def _was_asked(cast: Cast) -> None:
    actions.invite(cast.cy, cast.ada, note="Hello.")


def _declined(cast: Cast) -> None:
    invitation = actions.invite(cast.cy, cast.ada, note="Hello.")
    assert isinstance(invitation, Invitation)
    actions.decline(invitation, by=cast.ada)


def _was_declined(cast: Cast) -> None:
    invitation = actions.invite(cast.ada, cast.cy, note="Hello.")
    assert isinstance(invitation, Invitation)
    actions.decline(invitation, by=cast.cy, reply="Not now.")


FORBIDDEN: dict[str, Callable[[Cast], Any]] = {
    "dismissed": _dismissed,
    "asked": _asked,
    "asked and withdrew": _withdrew,
    "was asked": _was_asked,
    "declined": _declined,
    "was declined": _was_declined,
    "does not know": lambda cast: Disclaimer.objects.create(member=cast.ada, stranger=cast.cy),
    "keeps away": lambda cast: Distance.objects.create(member=cast.ada, other=cast.cy, rung=1),
    "blocked": lambda cast: actions.block(cast.ada, cast.cy),
    "was blocked": lambda cast: actions.block(cast.cy, cast.ada),
    "is suspended": lambda cast: members.suspend(cast.cy, by=None),
    "hides": lambda cast: Member.objects.filter(pk=cast.cy.pk).update(visibility=Member.Visibility.HIDDEN),
    "wants no invitations": lambda cast: Door.objects.create(member=cast.cy, who=Door.Who.NOBODY),
    "is connected": lambda cast: connect(cast.cy, cast.ada),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_who_never_comes_up(cast: Cast, what: str) -> None:
    at(cast.ada, "Initech", "2018", "2020")
    at(cast.cy, "Initech", "2018", "2020")
    assert "cy" in found(cast)
    FORBIDDEN[what](cast)
    assert "cy" not in found(cast)


def test_whom_one_removed(cast: Cast) -> None:
    """For thirty days whoever was removed is not suggested; the other sees what anybody sees."""
    connect(cast.cy, cast.ada)
    actions.disconnect(cast.ada, cast.cy)
    assert "cy" not in found(cast)
    assert "ada" in found(cast, "cy")


@pytest.mark.parametrize("rung", [1, 2, 3])
def test_who_is_kept_away_sees_what_anybody_sees(cast: Cast, rung: int) -> None:
    at(cast.ada, "Initech", "2018", "2020")
    at(cast.cy, "Initech", "2018", "2020")
    before = said(cast, "ada", "cy")
    Distance.objects.create(member=cast.ada, other=cast.cy, rung=rung)
    Disclaimer.objects.create(member=cast.ada, stranger=cast.cy)
    verbs.dismiss(cast.ada, cast.cy)
    assert said(cast, "ada", "cy") == before


def test_a_door_that_asks_for_context(cast: Cast) -> None:
    career.add_skills(cast.ada, ["Weaving"])
    career.add_skills(cast.di, ["Weaving"])
    Door.objects.create(member=cast.di, who=Door.Who.SHARED)
    Door.objects.create(member=cast.cy, who=Door.Who.SHARED)
    assert set(found(cast)) == {"cy"}, "a skill is no context"


@pytest.mark.parametrize("who", ["bo", "cy"])
def test_a_hidden_list_hides_the_edge(cast: Cast, who: str) -> None:
    """Both lists must be shut for the edge to be hidden; one that is open tells of it."""
    Member.objects.filter(pk=getattr(cast, who).pk).update(connections_audience=4)
    assert "cy" in found(cast)
    Member.objects.filter(pk__in=[cast.bo.pk, cast.cy.pk]).update(connections_audience=4)
    assert "cy" not in found(cast)


def test_beyond_the_triangle(cast: Cast) -> None:
    Member.objects.filter(pk__in=[cast.ada.pk, cast.bo.pk]).update(place="Delft")
    Member.objects.filter(pk=cast.cy.pk).update(place="Lisbon")
    each = found(cast)["cy"]
    assert each.bridge
    assert "Lives in Lisbon, where you know nobody yet" in said(cast, "cy")
    friends = [make_member(f"Friend {n}", place="Porto") for n in range(2)]
    for friend in friends:
        connect(friend, cast.cy)
    assert "Knows people in Porto, where you know nobody yet" in said(cast, "cy")
    connect(friends[0], cast.ada)
    assert not any("Porto" in words for words in said(cast, "cy"))
    Member.objects.filter(pk=cast.bo.pk).update(place="lisbon")
    assert not found(cast)["cy"].bridge


def test_a_body_where_one_knows_nobody(cast: Cast) -> None:
    from collegium.organizations.models import Organization

    record = Organization.objects.create(handle="hooli", name="Hooli")
    at(cast.cy, "Hooli", "2020")
    cast.cy.career_items.update(organization=record)
    assert "Works at Hooli, where you know nobody yet" in said(cast, "cy")
    at(cast.bo, "Hooli", "2010")
    cast.bo.career_items.update(organization=record)
    assert not found(cast)["cy"].bridge
    PartAudience.objects.create(member=cast.bo, part=Part.POSITIONS, audience=Level.ONLY_ME)
    assert found(cast)["cy"].bridge, "what Bo keeps to himself must not tell"


def test_equal_rows_give_an_equal_list(cast: Cast) -> None:
    for number in range(12):
        connect(make_member(f"Person {number}"), cast.bo)
    first = suggest(cast.viewer("ada"), 99)
    assert [each.person for each in first] == [each.person for each in suggest(cast.viewer("ada"), 99)]
    newest = [each.person.pk for each in first if each.score == first[-1].score]
    assert newest == sorted(newest, reverse=True), "of equal ones the newer first"


def test_a_long_list_goes_on_without_gap_or_double(cast: Cast) -> None:
    for number in range(12):
        connect(make_member(f"Person {number}"), cast.bo)
    viewer = cast.viewer("ada")
    whole = [each.person.pk for each in suggest(viewer, 99)]
    seen: list[int] = []
    after = ""
    while True:
        page = suggesting.page(viewer, after, 5)
        seen += [each.person.pk for each in page.suggestions]
        if not (after := page.older):
            break
    assert seen == whole
    first = suggesting.page(viewer, "", 5)
    verbs.dismiss(cast.ada, first.suggestions[-1].person)
    assert suggesting.page(viewer, first.older, 5).suggestions[0].person.pk == whole[5]


def test_the_page_costs_the_same_for_few_and_many(cast: Cast) -> None:
    ada = cast.client("ada")
    at(cast.ada, "Initech", "2018", "2020")
    at(cast.cy, "Initech", "2018", "2020")
    Member.objects.filter(pk=cast.cy.pk).update(place="Lisbon")

    def grow() -> None:
        for number in range(9):
            person = make_member(f"Person {number}", place="Porto")
            connect(person, cast.bo)
            at(person, "Initech", "2018", "2020")
            career.add_skills(person, ["Weaving"])

    assert_same_queries(lambda: ada.get("/network/suggestions/"), grow, lambda: ada.get("/network/suggestions/"))


# -- pages


def test_the_page(cast: Cast) -> None:
    page = read(cast.client("ada").get("/network/suggestions/"))
    assert "Cy Tanaka" in page
    assert "You both know Bo Okafor" in page
    for hidden in ("Di Varga", "Ed Novak", "Eve Marchetti", "Gus Petrov", "Hal Brandt", "Flo Reyes"):
        assert hidden not in page
    assert "Nobody to suggest yet" in read(cast.client("di").get("/network/suggestions/"))
    assert cast.client("nobody").get("/network/suggestions/").status_code == 302


def test_the_few_beside_other_pages(cast: Cast) -> None:
    ada = cast.client("ada")
    assert "Cy Tanaka" in ada.get("/network/suggestions/few/", headers=HX).text
    assert ada.get("/network/suggestions/few/").status_code == 302
    assert cast.client("di").get("/network/suggestions/few/", headers=HX).text.strip() == ""


@pytest.mark.parametrize("head", [{}, HX])
def test_putting_aside_and_taking_back(cast: Cast, head: dict[str, str]) -> None:
    ada = cast.client("ada")
    answer = ada.post(f"/network/suggestions/{cast.cy.handle}/dismissal/", headers=head)
    assert answer.status_code == (200 if head else 302)
    shown = answer.text if head else ada.get("/network/suggestions/").text
    assert f"/network/suggestions/{cast.cy.handle}/return/" in shown, "with undo"
    assert "cy" not in found(cast)
    assert "Cy Tanaka" in read(ada.get("/network/suggestions/dismissed/"))
    ada.post(f"/network/suggestions/{cast.cy.handle}/dismissal/", headers=head)
    assert Dismissal.objects.count() == 1
    assert Entry.objects.filter(kind="network.dismissed").count() == 1, "twice is once"
    ada.post(f"/network/suggestions/{cast.cy.handle}/return/", headers=head)
    assert "cy" in found(cast)
    assert not Dismissal.objects.exists()


def test_of_whom_one_does_not_see_one_learns_nothing(cast: Cast) -> None:
    ada = cast.client("ada")
    for unseen in (cast.ed.handle, cast.eve.handle, cast.gus.handle, "nobody-here", cast.ada.handle):
        assert ada.post(f"/network/suggestions/{unseen}/dismissal/").status_code == 404
        assert ada.post(f"/network/suggestions/{unseen}/return/").status_code == 404


def test_a_dismissed_person_who_hides_leaves_the_list_and_stays_dismissed(cast: Cast) -> None:
    verbs.dismiss(cast.ada, cast.cy)
    members.suspend(cast.cy, by=None)
    assert "Cy Tanaka" not in read(cast.client("ada").get("/network/suggestions/dismissed/"))
    assert Dismissal.objects.exists()


@pytest.mark.parametrize("after", ["x", "%00", "AAAA", "f_________8AAAAAAAAAAQ", "gAAAAAAAAAAAAAAAAAAAAQ"])
def test_a_cursor_of_somebody_elses_making(client: Client, cast: Cast, after: str) -> None:
    answer = cast.client("ada").get(f"/network/suggestions/?after={after}")
    assert answer.status_code in (200, 404)


# -- the formula and the order


def test_the_formula() -> None:
    facts = Facts(
        mutual=3,
        together=[Together(1, 2, still=True), Together(2, 9), Together(3, 0), Together(4, 0)],
        skills=[("Weaving", 2), ("Git", 60)],
        place="Delft",
        follower=True,
    )
    values = {term.kind: term.value for term in formula.terms(facts)}
    assert values[Kind.MUTUAL] == 4
    assert values[Kind.TOGETHER] == 4 + 5 + 3, "the best three"
    assert values[Kind.STILL] == 1
    assert values[Kind.SKILL] == round(formula.skill_weight(2) + formula.skill_weight(51), 2)
    assert (values[Kind.PLACE], values[Kind.FOLLOWER]) == (1.5, 1)
    assert formula.score(facts) == round(sum(values.values()), 2)
    assert formula.terms(Facts()) == []
    assert formula.skill_weight(2) > formula.skill_weight(10) > formula.skill_weight(51) == formula.skill_weight(900)


def test_the_order_is_mixed() -> None:
    ranked = [("work", False)] * 9 + [("school", False)] * 2 + [("far", True)] * 2
    order = variety.mix(ranked, cluster=lambda each: each[0], bridge=lambda each: each[1])
    assert sorted(order) == sorted(ranked), "nobody is lost"
    names = [name for name, _far in order]
    assert names[4] == "far"
    assert names[:4] == ["work", "work", "work", "school"]
    assert variety.mix([], cluster=lambda each: each, bridge=bool) == []


def test_a_new_member_of_the_same_school_is_found_without_any_tie(cast: Cast) -> None:
    lonely = make_member("Lone Some")
    at(lonely, "Delft University", "2010", "2014", Section.EDUCATION)
    at(cast.hal, "Delft University", "2012", "2016", Section.EDUCATION)
    (each,) = suggest(Viewer(lonely))
    assert (each.person, each.standing.degree) == (cast.hal, None)
    assert clock.now() - each.person.joined_at < timedelta(days=2)
