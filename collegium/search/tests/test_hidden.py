"""What is hidden can be noticed by nothing: pages are the same, byte for byte, whether it is there or not."""

import re

import pytest
from django.db import transaction

from collegium.career.models import Holding, Item, PartAudience
from collegium.lib.limits import Bucket
from collegium.members.models import Member
from collegium.openness.models import Exclusion, OpenToWork
from collegium.search.corpus import segment
from collegium.search.query import evaluate
from collegium.skills.models import Skill
from collegium.ties.models import Block, Connection, Distance

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/search/?q=keeper",
    "/search/?q=glass OR keeper",
    "/search/?q=keeper NOT glass",
    '/search/?q="glass blower" OR keeper',
    "/search/?q=keeper skill:glass",
    "/search/?q=keeper&degree=1,2",
    "/search/?q=keeper&company=~glass house",
    "/search/?q=keeper&skill=Glass generated",
    "/search/?q=keeper&open=1",
    "/search/?q=glas",
    "/search/?q=glasz",
    "/search/?degree=2",
    "/search/facets/skill/?q=keeper",
    "/search/facets/company/?q=keeper&find=gl",
    "/search/suggestions/?q=kee",
    "/search/suggestions/?q=glass",
    "/search/mentions/?q=glass",
)


def pages(browser):
    """Every page, without what differs from one request to the next."""
    Bucket.objects.all().delete()
    found = []
    for address in ADDRESSES:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        text = re.sub(r'(nonce|value)="[A-Za-z0-9+/=_-]{20,}"|"X-CSRFToken": "\w+"', "", answer.content.decode())
        found.append((address, text))
    return found


def glass(member, level):
    """Everything about glass in her career, for whom a level reaches."""
    for part in ("positions", "skills", "about", "education"):
        PartAudience.objects.update_or_create(member=member, part=part, defaults={"audience": level})
    Member.objects.filter(pk=member.pk).update(about="Glass blower at night.")
    skill, _made = Skill.objects.get_or_create(name="Glass generated")
    Holding.objects.create(member=member, skill=skill)
    Item.objects.create(member=member, section="positions", title="Glass blower", organization_name="Glass house")
    Item.objects.create(member=member, section="education", title="Glass", organization_name="Glass school")


def same(browser, hidden):
    """The pages are the same with what `hidden` does and without it; it must do something."""
    before = pages(browser)
    with transaction.atomic():
        hidden()
        for (address, one), (_address, other) in zip(before, pages(browser), strict=True):
            assert one == other, address
        transaction.set_rollback(True)


@pytest.fixture
def keepers(cast):
    """Everybody keeps something, so that everybody could be found."""
    Member.objects.update(headline="Keeper of things", place="Delft")
    Skill.objects.get_or_create(name="Glass generated")
    return cast


@pytest.mark.parametrize(("owner", "level"), [("di", 2), ("di", 3), ("cy", 3), ("bo", 4), ("flo", 2), ("hal", 3)])
def test_a_closed_part(keepers, owner, level):
    """Cy is of the second degree, Bo is connected; the level is one more than either is near."""
    browser = keepers.client("ada")
    same(browser, lambda: glass(getattr(keepers, owner), level))


@pytest.mark.parametrize(("owner", "level"), [("di", 1), ("cy", 2), ("bo", 3)])
def test_an_open_part_does_change_the_pages(keepers, owner, level):
    """The test above would notice: where the part opens, the pages differ."""
    browser = keepers.client("ada")
    with pytest.raises(AssertionError):
        same(browser, lambda: glass(getattr(keepers, owner), level))


def test_somebody_restricted_reads_what_any_member_reads(keepers):
    Distance.objects.create(member=keepers.bo, other=keepers.ada, rung=Distance.Rung.RESTRICTED)
    same(keepers.client("ada"), lambda: glass(keepers.bo, 2))


@pytest.mark.parametrize("owner", ["ed", "eve", "gus"])
def test_people_one_does_not_see(keepers, owner):
    """Whom one blocked, who blocks one, who is suspended: whatever they say, and whomever they know."""
    person = getattr(keepers, owner)

    def hidden():
        glass(person, 0)
        Member.objects.filter(pk=person.pk).update(name="Glass Keeper", headline="Glass")
        for other in (keepers.di, keepers.flo):
            Connection.tie(person, other)

    same(keepers.client("ada"), hidden)


def test_an_edge_between_hidden_lists(keepers):
    """Di and Bo show their connections to nobody: that they are connected makes Di nobody's second degree."""
    Member.objects.filter(pk__in=[keepers.bo.pk, keepers.di.pk]).update(connections_audience=4)
    same(keepers.client("ada"), lambda: Connection.tie(keepers.bo, keepers.di))


def test_work_looked_for_and_by_whom_it_is_not_learnt(keepers):
    from datetime import timedelta

    from collegium.lib import clock

    def hidden(**left_out):
        now = clock.now()
        OpenToWork.objects.create(member=keepers.di, audience=1, since=now, until=now + timedelta(days=9))
        Exclusion.objects.create(member=keepers.di, **left_out)

    same(keepers.client("ada"), lambda: hidden(what="person", person=keepers.ada))
    same(keepers.client("ada"), lambda: hidden(what="domain", domain="example.org"))
    with pytest.raises(AssertionError):
        same(keepers.client("ada"), lambda: hidden(what="person", person=keepers.bo))


def test_a_search_kept_tells_no_more(keepers):
    """The list of kept searches counts what the pages count, and who blocks one is never new."""
    browser = keepers.client("ada")
    browser.post("/search/saved/new/?q=keeper", {"name": "Keepers"})
    assert "0 new" not in browser.get("/search/saved/").content.decode()
    before = browser.get("/search/saved/").content.decode()
    assert "6 people" in before
    Member.objects.filter(pk=keepers.gus.pk).update(standing="active")
    Block.objects.create(blocker=keepers.gus, blocked=keepers.ada)
    assert "new" not in re.findall(r"saved-new[^<]*<", browser.get("/search/saved/").content.decode())
    assert "6 people" in browser.get("/search/saved/").content.decode()


def test_these_tests_bite(keepers, monkeypatch):
    """With the comparison of levels gone, from words or from facets, the pages give the hidden part away."""
    browser = keepers.client("ada")
    lower = evaluate.Evaluation._lower

    def careless(self, ranks, stands, field, more):
        owner, level, zone = stands
        lower(self, ranks, (owner, level * 0, zone), field, more)

    with monkeypatch.context() as patch:
        patch.setattr(evaluate.Evaluation, "_lower", careless)
        with pytest.raises(AssertionError):
            same(browser, lambda: glass(keepers.di, 3))
    counts = segment.Values.counts

    def generous(self, matched, found, _reaches):
        return counts(self, matched, found, lambda owner, _level: owner >= 0)

    with monkeypatch.context() as patch:
        patch.setattr(segment.Values, "counts", generous)
        with pytest.raises(AssertionError):
            same(browser, lambda: glass(keepers.di, 3))


def test_the_spelling_of_a_closed_section_is_not_borrowed(keepers):
    """Di works where she once studied, and shows only the one; a number beside it is written as it stands there."""
    PartAudience.objects.create(member=keepers.di, part="education", audience=4)
    Item.objects.create(member=keepers.di, section="positions", title="Keeper", organization_name="Glass house", rank=5)

    def hidden():
        Item.objects.create(member=keepers.di, section="education", title="", organization_name="GLASS HOUSE", rank=1)

    assert "Glass house" in keepers.client("ada").get("/search/facets/company/?q=keeper&find=gl").content.decode()
    same(keepers.client("ada"), hidden)
