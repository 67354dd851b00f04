"""axe finds nothing on any page, in either theme."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser

OPEN = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/help/keyboard/", "/nowhere/"]
MEMBERS = [
    "/",
    "/posts/",
    "/network/",
    "/network/people/",
    "/network/people/tags/",
    "/network/people/reminders/",
    "/network/people/changes/",
    "/network/people/with/bo-okafor/",
    "/network/sent/",
    "/network/blocked/",
    "/network/standing/",
    "/network/door/",
    "/network/with/cy-tanaka/invitation/",
    "/network/with/cy-tanaka/ways/",
    "/network/ways/organization/delta-works/",
    "/network/introductions/",
    "/network/introductions/mine/",
    "/network/introductions/ask/cy-tanaka/",
    "/network/with/bo-okafor/removal/",
    "/network/with/bo-okafor/block/",
    "/notifications/",
    "/notifications/settings/",
    "/messages/",
    "/messages/?box=requests",
    "/messages/?box=spam",
    "/messages/new/",
    "/messages/starred/",
    "/messages/search/?q=seals",
    "/messages/manners/",
    "/messages/with/cy-tanaka/",
    "/messages/with/bo-okafor/",
    "/in/ada-lindqvist/",
    "/in/bo-okafor/",
    "/in/bo-okafor/connections/",
    "/search/?q=bo",
    "/search/?q=nobody-at-all",
    "/topics/dam-safety/",
    "/settings/",
    "/settings/profile/",
    "/settings/mix/",
    "/settings/contact/",
    "/settings/devices/",
    "/offline/",
    "/settings/visibility/",
    "/settings/open-to-work/",
    "/settings/workplace/",
    "/settings/import/",
    "/settings/import/people/",
    "/in/ada-lindqvist/cv/",
    "/in/ada-lindqvist/preview/",
    "/in/ada-lindqvist/?as=public",
    "/in/ada-lindqvist/?as=bo-okafor",
    "/in/bo-okafor/positions/",
    "/in/bo-okafor/skills/",
    "/organizations/delta-works/",
    "/organizations/delta-works/people/",
    "/career/positions/",
    "/career/positions/new/",
    "/career/skills/",
    "/career/contacts/",
    "/career/contacts/new/website/",
    "/career/featured/",
    "/career/featured/new/link/",
    "/career/head/",
    "/career/about/",
    "/career/translations/",
    "/vouching/",
    "/vouching/given/",
    "/vouching/requests/",
    "/vouching/together/",
    "/vouching/elsewhere/",
    "/vouching/ask/bo-okafor/",
    "/vouching/write/bo-okafor/",
    "/visitors/",
    "/settings/community/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/_mail/",
    "/nowhere/",
]
WRITE = """
from collegium.members.models import Member
from collegium.feed import actions
from collegium.network import actions as network
ada, bo, flo = [Member.objects.get(handle=h) for h in ("ada-lindqvist", "bo-okafor", "flo-reyes")]
post = actions.post(bo, "We rebuilt them. Thanks, @ada-lindqvist. #dam-safety https://example.org/a", audience=1)
said = actions.comment(post, "Which seal?", by=ada)
actions.comment(post, "EPDM.", by=bo, parent=said)
actions.react(post, "insightful", by=ada)
actions.post(ada, "First snow.", facet="personal")
network.invite(flo, ada, note="We argued about return periods.")
from collegium.career import actions as career
from collegium.organizations.models import Organization
Organization.objects.get_or_create(handle="delta-works", name="Delta Works", website="https://delta.example.org")
for person in (ada, bo):
    said = dict(title="Gate engineer", organization_name="Delta Works", started="2019-03", description="- gates")
    career.add(person, "positions", skills=["Seal design", "PostgreSQL"], **said)
    career.add(person, "education", title="MSc", organization_name="TU Delft", started="2011", ended="2016")
    career.add(person, "languages", title="Dutch", kind="native")
    career.put_contact(person, kind="website", value="https://example.org/me", audience=1)
from datetime import timedelta
from collegium.accounts.models import User
from collegium.lib import clock, ids
from collegium.messaging.actions import approaching, talking
from collegium.reach import actions as reach
reach.make_key(ada, label="Fair", most=3, ends_at=None)
two = talking.begin(ada, [bo])
said = talking.write(two, by=bo, text="Do the seals hold? https://example.org/a")
talking.react(said, by=ada, sign="👍")
answer = talking.write(two, by=ada, text="They do.", reply_to=said)
talking.edit(answer, by=ada, text="They do, at 4 °C.")
group = talking.begin(ada, [bo], name="Seals")
talking.write(group, by=bo, text="A group of our own.")
user = User.objects.create_user("gil@example.org", "a long word of passage")
long_ago = ids.key_at(clock.now() - timedelta(days=30))
gil = Member.objects.create(pk=long_ago, user=user, name="Gil Moreau", handle="gil-moreau")
asked = approaching.approach(ada, by=gil, text="Which book on dams did you read first?", purpose="advice")
said = f"{two.path}messages/{said.number}/"
print(post.path, two.path, said, f"{said}report/", group.path, f"{group.path}people/", asked.conversation.path)
"""


@pytest.fixture(scope="module")
def made(people: Site) -> list[str]:
    """Addresses of what people have made: a post, conversations, a message."""
    return people.run(WRITE).strip().splitlines()[-1].split()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_has_a_fault_that_axe_finds(
    people: Site, made: list[str], visitor: Callable[..., Visitor], theme: str
) -> None:
    faults = []
    for email, paths in (("", OPEN), ("ada@example.org", [*MEMBERS, *made, f"{made[0]}reactions/"])):
        person = visitor(color_scheme=theme)
        if email:
            person.sign_in(email)
        for path in paths:
            person.go(path)
            person.page.wait_for_timeout(200)
            for fault in Axe().run(person.page).response["violations"]:
                where = "; ".join(node["html"][:120] for node in fault["nodes"][:3])
                faults.append(f"{path}: {fault['id']} {where}")
        person.complaints = [text for text in person.complaints if "404" not in text]
    assert not faults, "\n".join(faults)
