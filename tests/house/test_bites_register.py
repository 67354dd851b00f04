"""The tests of organisations and their pages bite: each fault planted makes one of them fail.

The faults are those that such systems really had: a proof of a subdomain that counts for the whole, a file at another
host, a token that anybody can read and use, the last administrator who leaves, an orphaned page that any domain takes,
a record that tells what only few may read, a merge that forgets older signs, a judge in her own case.
"""

import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from collegium.career import records
from collegium.career.tests import test_records
from collegium.lib.refusal import Conflict, Refusal
from collegium.media.carriers import carriers
from collegium.organizations import merging as moving
from collegium.organizations import naming
from collegium.pages import lapsing, log, reading, rules, settling
from collegium.pages.actions import claiming, disputing, following, merging, working
from collegium.pages.forms import EditForm
from collegium.pages.models import Part, Role
from collegium.pages.proving import looking
from collegium.pages.tests import (
    scene,
    test_disputes,
    test_looking,
    test_matrix,
    test_merging,
    test_pages,
    test_proving,
)
from collegium.testing.cast import Cast, make_member
from tests.house.planting import rewritten

pytestmark = pytest.mark.django_db

Plant = Callable[[pytest.MonkeyPatch], None]
Check = Callable[..., object]
BITES = (AssertionError, pytest.fail.Exception, Refusal, Conflict)


def method(of: type, name: str, right: str, planted: str) -> Plant:
    """As `rewritten`, for a function of a class."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        source = textwrap.dedent(inspect.getsource(getattr(of, name)))
        assert right in source, "the fault has no place to be planted in any more"
        names: dict[str, Any] = dict(vars(inspect.getmodule(of)))
        exec(compile(source.replace(right, planted), name, "exec"), names)
        patch.setattr(of, name, names[name])

    return plant


def words(module: Any, name: str, right: str, planted: str) -> Plant:
    """Plants in a text of a module."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        assert right in getattr(module, name), "the fault has no place to be planted in any more"
        patch.setattr(module, name, getattr(module, name).replace(right, planted))

    return plant


def everybody_in_any_standing(patch: pytest.MonkeyPatch) -> None:
    def administrators(organization: Any) -> list[int]:
        rows = Role.objects.filter(organization=organization, part=Part.SUPER)
        return list(rows.values_list("member_id", flat=True))

    for module in (claiming, working):
        patch.setattr(module, "administrators", administrators)


def at_of(cast: Cast) -> Any:
    return test_disputes.at.__wrapped__(cast)


def two_of(cast: Cast) -> Any:
    return test_merging.two.__wrapped__(cast)


def proving(name: str) -> Check:
    return getattr(test_proving, name)


def dispute(name: str) -> Check:
    def check(cast: Cast) -> None:
        getattr(test_disputes, name)(at_of(cast))

    return check


def a_file(url: str) -> Check:
    def check(monkeypatch: pytest.MonkeyPatch) -> None:
        fetched = test_looking.website(test_looking.TOKEN.encode(), url)
        test_looking.test_the_file_on_the_website(monkeypatch, fetched, "", "elsewhere")

    return check


def a_longer_text(monkeypatch: pytest.MonkeyPatch) -> None:
    test_looking.test_the_text_in_the_zone(monkeypatch, [f"{test_looking.TOKEN}0"], "", "other")


def leading_on(cast: Cast) -> None:
    test_merging.test_addresses_and_names_lead_on(cast, two_of(cast))


def merging_by(who: str) -> Check:
    return lambda cast: test_merging.test_only_owners_and_whoever_administers_both(cast, two_of(cast), who)


FAULTS: dict[str, tuple[Plant, Check]] = {
    "any domain proves a record with a website": (
        rewritten(claiming, "hindrance", "own and own != domain", "False"),
        proving("test_the_domain_is_that_of_the_website"),
    ),
    "an orphaned page goes to any domain": (
        rewritten(claiming, "hindrance", "not proved.filter(domain=domain).exists()", "False"),
        proving("test_a_page_without_administrator_goes_to_whoever_proves_its_domain"),
    ),
    "a page is proved over its administrators": (
        rewritten(claiming, "hindrance", "organization.is_page and administrators(organization)", "False"),
        proving("test_a_claim_begun_before_anothers_proof_comes_too_late"),
    ),
    "one domain is two pages": (
        rewritten(claiming, "hindrance", ".exclude(organization=organization).exists()", ".none().exists()"),
        proving("test_one_domain_is_one_page"),
    ),
    "anybody brings the token of another": (
        rewritten(claiming, "prove", " and claim.member_id == by.pk", ""),
        proving("test_the_token_of_another_proves_nothing_for_me"),
    ),
    "the people of before come with the domain": (
        rewritten(claiming, "prove", "if first and not", "if False and not"),
        proving("test_whoever_has_the_domain_now_does_not_get_the_people_of_before"),
    ),
    "one miss is enough": (
        rewritten(lapsing, "seen_again", "row.missed >= MISSES", "row.missed >= 1"),
        proving("test_a_page_falls_back_only_after_three_misses_and_a_warning"),
    ),
    "the warning and the end are one": (
        rewritten(lapsing, "seen_again", "row.warned_at <= now - WARNING", "True"),
        proving("test_a_page_falls_back_only_after_three_misses_and_a_warning"),
    ),
    "found again it falls all the same": (
        rewritten(lapsing, "seen_again", "row.warned_at, row.way = None, way", "row.way = way"),
        proving("test_found_again_in_time_nothing_happens"),
    ),
    "parts go with the page at once": (
        rewritten(lapsing, "forget", ".exclude(organization__in=lately)", ""),
        proving("test_parts_are_kept_for_thirty_days_for_those_who_had_them"),
    ),
    "any host that ends so shows the file": (
        rewritten(
            looking, "_file", 'place.hostname not in (domain, f"www.{domain}")', "not place.hostname.endswith(domain)"
        ),
        a_file("https://notdams.example/"),
    ),
    "a file without TLS counts": (
        rewritten(looking, "_file", 'place.scheme != "https" or ', ""),
        a_file("http://dams.example/"),
    ),
    "a token within a text counts": (
        rewritten(looking, "_is", "hmac.compare_digest(text.strip().encode(), token.encode())", "token in text"),
        a_longer_text,
    ),
    "the last administrator leaves": (
        rewritten(working, "take_away", " - {member.pk}", ""),
        proving("test_the_last_administrator_stays"),
    ),
    "a suspended administrator is one": (everybody_in_any_standing, proving("test_the_last_administrator_stays")),
    "owners give any part where nobody is left": (
        rewritten(working, "offer", "or part == Part.SUPER", "or True"),
        proving("test_owners_name_an_administrator_where_none_is_left"),
    ),
    "a part is taken without being asked": (
        rewritten(working, "accept", "if not Offer.objects", "if Part.SUPER == 1 and not Offer.objects"),
        proving("test_what_was_taken_back_or_declined_cannot_be_accepted"),
    ),
    "parts hold out of standing": (
        rewritten(rules, "parts", " or not member.is_active", ""),
        test_matrix.test_parts_mean_nothing_on_what_is_no_page_and_out_of_standing,
    ),
    "analysts change the page": (
        lambda patch: patch.setattr(rules, "SPEAKING", frozenset(Part)),
        lambda cast: test_matrix.test_what_each_part_may(cast, "change what it says"),
    ),
    "editors manage": (
        rewritten(rules, "may_manage", "{Part.SUPER}", "SPEAKING"),
        lambda cast: test_matrix.test_what_each_part_may(cast, "see who works there"),
    ),
    "owners speak for pages": (
        rewritten(rules, "may_edit", "may_speak(member, organization) if", "may_keep(member) if"),
        lambda cast: test_matrix.test_what_each_part_may(cast, "change what it says"),
    ),
    "the person decides her own case": (
        rewritten(rules, "may_decide", " or member.pk == dispute.member_id", ""),
        dispute("test_nobody_decides_her_own"),
    ),
    "the page decides its own case": (
        rewritten(rules, "may_decide", "if not may_manage(member, dispute.organization):", "if member:"),
        dispute("test_nobody_decides_her_own"),
    ),
    "owners read what is not theirs yet": (
        rewritten(rules, "may_see_dispute", " and dispute.state != Dispute.State.OPEN", ""),
        dispute("test_who_sees_it"),
    ),
    "upheld the link stays": (
        rewritten(settling, "_part", ".update(organization=None)", ".exists()"),
        dispute("test_upheld_it_is_not_linked_again_for_half_a_year"),
    ),
    "upheld it is linked again": (
        rewritten(records, "_disowned", "until__gt=clock.now()", "until__gt=clock.now() + 999 * A_DAY"),
        dispute("test_upheld_it_is_not_linked_again_for_half_a_year"),
    ),
    "pages contest what they cannot read": (
        rewritten(disputing, "contestable", "Item.objects.visible_to(Viewer(by))", "Item.objects.kept()"),
        dispute("test_only_what_she_reads_and_what_names_the_page"),
    ),
    "settled it is asked again at once": (
        rewritten(disputing, "_hindrance", "if settled.exists():", "if not settled:"),
        dispute("test_what_was_settled_for_her_is_left_in_peace"),
    ),
    "a closed section makes a record": (
        rewritten(records, "_readable", "audience__gt=Level.MEMBERS", "audience__gt=Level.ONLY_ME"),
        lambda cast: test_records.test_what_few_may_read_makes_no_record(cast, "the section is for nobody"),
    ),
    "a hidden profile makes a record": (
        rewritten(records, "_readable", "current[0] > Member.Visibility.MEMBERS", "current[0] > 4"),
        lambda cast: test_records.test_what_few_may_read_makes_no_record(cast, "the profile is hidden"),
    ),
    "the sweep makes a record of what is closed": (
        words(records, "_UNTIED", "a.audience > 1", "a.audience > 4"),
        lambda cast: test_records.test_what_few_may_read_makes_no_record(cast, "the section is for connections"),
    ),
    "a day has no end": (
        rewritten(records, "_founded", " - _made_today(member)", ""),
        test_records.test_a_day_has_room_for_so_many,
    ),
    "names of merged records mean nothing": (
        words(naming, "_MEANINGS", "coalesce(o.merged_into_id, o.id)", "o.id"),
        leading_on,
    ),
    "an older sign leads to the record that went": (
        rewritten(moving, "move", "filter(merged_into=loser)", "filter(merged_into=0)"),
        leading_on,
    ),
    "anybody merges": (
        rewritten(merging, "merge", "require(rules.may_merge(by, goes, stays))", "pass"),
        merging_by("bo"),
    ),
    "one page is enough to merge two": (
        rewritten(
            rules, "may_merge", "may_manage(member, one) and may_manage(member, other)", "may_manage(member, other)"
        ),
        merging_by("ada"),
    ),
    "administrators see every follower": (
        rewritten(reading, "followers", "member__in=people.findable_by(viewer)", "member__isnull=False"),
        test_pages.test_administrators_see_only_followers_whom_they_may_come_across,
    ),
    "followers are counted twice": (
        rewritten(following, "follow", " + 1", " + 2"),
        test_pages.test_following_counts_what_is_there,
    ),
    "the log tells who named it first": (
        lambda patch: patch.setitem(log.WORDS, "organizations.founded", "named it first"),
        test_pages.test_the_log_does_not_tell_who_named_the_organisation_first,
    ),
    "a page leads to any website": (
        method(EditForm, "clean_website", "if not any(", "if not website or not any(True or "),
        test_pages.test_a_page_is_edited_within_its_bounds,
    ),
    "a logo that was taken away is there": (
        lambda patch: patch.setitem(carriers, "organizations", lambda viewer, key, shape, picture: True),
        test_pages.test_logos_are_there_for_everybody_as_long_as_they_hang,
    ),
}


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks the internet here either."""
    monkeypatch.setattr(looking, "texts", lambda name, seconds: [])
    monkeypatch.setattr(looking, "fetch", test_looking.refusing("name"))


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("fault", list(FAULTS))
def test_the_tests_of_pages_bite(fault: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, check = FAULTS[fault]
    asked = list(inspect.signature(check).parameters)
    given = {name: request.getfixturevalue(name) for name in asked}
    plant(monkeypatch)
    with pytest.raises(BITES):
        check(**given)


def test_the_scene_stands_without_a_fault(cast: Cast) -> None:
    assert rules.parts(scene.staffed(cast).content, scene.Organization.objects.get()) == {"content"}
    assert make_member("Kim Lund").pk
