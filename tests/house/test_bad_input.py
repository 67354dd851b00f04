"""Whatever arrives, the answer is a page, a redirect or a clear refusal: never a 5xx, and nothing is half done."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from collegium.career import actions as career
from collegium.career.sections import Section
from collegium.feed import actions
from collegium.feed.models import Comment, Post
from collegium.feed.ranking.weights import DEFAULT
from collegium.members.models import Member
from collegium.newsletters import actions as newsletters
from collegium.profiles.featured import actions as featured
from collegium.testing.cast import Cast
from collegium.ties.models import Invitation

HOSTILE = {
    "empty": "",
    "spaces": "  \t\n ",
    "over-long": "a" * 20_000,
    "NUL": "before\x00after",
    "control characters": "bell\x07 escape\x1b[31m",
    "bidi override": "safe\u202egpj.exe",
    "bidi isolate left open": "\u2066name",
    "zero width": "Ada\u200b\u200bLindqvist",
    "lone surrogate, as a browser would send it": b"\xed\xa0\x80",
    "broken UTF-8": b"\xff\xfe\xfa broken",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ 7*7 }}{% include 'x' %}",
    "SQL": "'; DROP TABLE members_member; --",
    "combining": "Z" + "\u0301" * 500,
    "emoji": "👩🏽‍🚀" * 50,
    "right to left": "مرحبا بالعالم",
    "number": str(2**70),
    "negative": "-1",
    "not a number": "NaN",
    "list": ["one", "two", "three"],
}


def careers(cast: Cast) -> dict[str, tuple[str, dict[str, object]]]:
    """The forms with which one writes one's profile."""
    item = career.add(cast.ada, Section.POSITIONS, title="Engineer", organization_name="Vattenfall")
    [held] = career.add_skills(cast.ada, ["Welding"])
    reached = career.put_contact(cast.ada, kind="phone", value="+46 70 123 45 67")
    pin = featured.pin(cast.ada, "link", url="https://example.org/talk", title="A talk")
    career.put_profile_text(cast.ada, "sv")
    dates = {f"{name}_{piece}": "1" for name in ("started", "ended") for piece in ("month", "day")}
    position = {
        "title": "Engineer",
        "organization_name": "Vattenfall",
        "kind": "full-time",
        "place": "Uppsala",
        "description": "Dams.",
        "url": "https://example.org",
        "skills": "Welding, rowing",
        "started_year": "2019",
        "ended_year": "2021",
        "goes_on": "",
        "tell": "on",
        "shown": "x",
        "form_key": str(uuid.uuid4()),
    } | dates
    order = {"key": [str(item.pk)], "up": str(item.pk), "down": ""}
    contact = {"value": "+46 70 123 45 67", "label": "Work", "audience": "3"}
    link = {"url": "https://example.org", "title": "A talk", "note": "x", "form_key": str(uuid.uuid4())}
    sees = {"profile": "1", "was-profile": "0", "indexed": "1", "part-skills": "3", f"contact-{reached.pk}": "4"}
    birthday = {"value_year": "1990", "value_month": "5", "value_day": "17", "audience": "4"}
    text = {"title": "x", "organization_name": "x", "description": "x"}
    return {
        "new item": ("/career/positions/new/", position),
        "item": (f"/career/items/{item.pk}/", position),
        "sentence": ("/career/positions/sentence/", position),
        "item order": ("/career/positions/order/", order),
        "skills": ("/career/skills/", {"skills": "Welding, rowing"}),
        "skill": (f"/career/skills/{held.pk}/", {"items": [str(item.pk)]}),
        "skill order": ("/career/skills/order/", order),
        "contact": (f"/career/contacts/{reached.pk}/", contact),
        "website": ("/career/contacts/new/website/", contact | {"value": "https://example.org"}),
        "network": ("/career/contacts/new/network/", contact),
        "e-mail to": ("/career/contacts/new/email/", contact | {"value": "ada@example.org"}),
        "birthday": ("/career/contacts/new/birthday/", birthday),
        "audience": ("/career/audiences/positions/", {"audience": "3"}),
        "head": (
            "/career/head/",
            {"name": "Ada", "headline": "x", "pronunciation": "x", "place": "x", "pronouns": "x"},
        ),
        "about": ("/career/about/", {"about": "x"}),
        "new language": ("/career/translations/", {"language": "de"}),
        "language": ("/career/translations/sv/", {"name": "x", "headline": "x", "place": "x", "about": "x"}),
        "item in it": (f"/career/translations/sv/items/{item.pk}/", text),
        "new link": ("/career/featured/new/link/", link),
        "new file": ("/career/featured/new/file/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-"), "title": "x"}),
        "pin": (f"/career/featured/{pin.pk}/", link),
        "who sees what": ("/settings/visibility/", sees),
    }


def neighbours(cast: Cast) -> dict[str, tuple[str, dict[str, object]]]:
    """The forms around a career: what others say of it, who may know what, what comes in."""
    about = {"item": "", "relationship": "colleague"}
    wishes = {"audience": "3", "roles": "Engineer", "places": "Delft", "ways": ["remote"], "kinds": ["full-time"]}
    series = newsletters.found(cast.bo, "Water letter")
    archive = SimpleUploadedFile("a.zip", b"PK\x05\x06" + b"\0" * 18, "application/zip")
    return {
        "ask for a recommendation": ("/vouching/ask/bo-okafor/", about | {"note": "Please."}),
        "recommend": ("/vouching/write/bo-okafor/", about | {"body": "He knows his gates."}),
        "introduction": (
            "/network/introductions/ask/cy-tanaka/",
            {"through": "bo-okafor", "to_target": "May I?", "to_introducer": "Would you?"},
        ),
        "worked together": ("/vouching/with/bo-okafor/", {"place": "0", "since": "2019", "until": "2021"}),
        "open to work": ("/settings/open-to-work/", wishes | {"starts": "2026-09", "note": "Near water."}),
        "left out": ("/settings/open-to-work/exclusions/", {"what": "domain", "value": "example.com"}),
        "hiring": ("/settings/open-to-work/hiring/", {"hiring": "on"}),
        "workplace": ("/settings/workplace/", {"position": "", "organization": "Acme", "address": "a@acme.example"}),
        "code": ("/settings/workplace/code/", {"code": "123456"}),
        "how one appears": ("/visitors/mode/", {"mode": "2"}),
        "archive": ("/settings/import/upload/", {"archive": archive}),
        "newsletter": ("/newsletters/new/", {"name": "Weirs", "about": "Water.", "rhythm": "Monthly"}),
        "subscription": (f"{series.here}subscription/", {"by_mail": "on", "shares_address": "on"}),
        "digest": ("/settings/digest/", {"rhythm": "daily", "weekday": "0", "hour": "7", "zone": "Europe/Stockholm"}),
    }


def forms(cast: Cast) -> dict[str, tuple[str, dict[str, object]]]:
    """Every form a member meets in daily life: address and a good answer."""
    post = actions.post(cast.bo, "words", audience=1)
    said = actions.comment(post, "words", by=cast.ada)
    mine = actions.post(cast.ada, "mine", audience=1)
    invitation = Invitation.objects.get(sender=cast.flo, recipient=cast.ada)
    good = {
        "body": "words",
        "facet": "personal",
        "audience": "3",
        "commenting": "anyone",
        "form_key": str(uuid.uuid4()),
    }
    return (
        {
            "post": ("/posts/", good),
            "edit": (f"{mine.path}edit/", good),
            "comment": (
                f"{post.path}comments/",
                {"body": "words", "parent": str(said.pk), "form_key": str(uuid.uuid4())},
            ),
            "edit comment": (f"{said.path}edit/", {"body": "other words"}),
            "reaction": (f"{post.path}reaction/", {"kind": "love"}),
            "comment reaction": (f"{said.path}reaction/", {"kind": "love"}),
            "mix": ("/settings/mix/", {"sides": "both", "one_in": "5"}),
            "order": ("/posts/order/", dict.fromkeys(DEFAULT, "4")),
            "order view": ("/posts/order/view/", {"view": "ranked"}),
            "old posts": ("/settings/old-posts/", {"after": "own", "own_days": "90", "loved": "5", "discussed": "5"}),
            "quiet": ("/settings/quiet/", {"word": "crypto", "days": "7"}),
            "follow topic": ("/settings/topics/following/", {"name": "#delft"}),
            "topic quiet": ("/topics/delft/quieting/", {"days": "7"}),
            "save": (f"{post.path}saving/", {"next": "/"}),
            "hide": (f"{post.path}hiding/", {"next": "/"}),
            "profile": (
                "/settings/profile/",
                {"name": "Ada Lindqvist", "handle": "ada-lindqvist", "headline": "x", "visibility": "1"},
            ),
            "photo": ("/settings/profile/photo/", {"photo": SimpleUploadedFile("a.png", b"no picture", "image/png")}),
            "invitation": ("/network/with/di-varga/invitation/", {"note": "Hello"}),
            "reply": (f"{invitation.path}reply/", {"reply": "Not now, thank you."}),
            "door": ("/network/door/", {"who": "anyone", "wants_note": "on"}),
            "follow": ("/network/with/di-varga/follow/", {"next": "/"}),
            "theme": ("/theme/", {"theme": "dark", "next": "/"}),
            "sign-in": ("/accounts/login/", {"login": "ada@example.org", "password": "wrong"}),
            "reset": ("/accounts/password/reset/", {"email": "ada@example.org"}),
            "e-mail": ("/accounts/email/", {"email": "new@example.org", "action_add": "1"}),
        }
        | careers(cast)
        | neighbours(cast)
    )


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_values_in_every_field_of_every_form(cast: Cast, name: str) -> None:
    value = HOSTILE[name]
    people = Member.objects.count()
    for form, (address, good) in forms(cast).items():
        browser = cast.client("ada")
        for field in good:
            answer = browser.post(address, good | {field: value})
            assert answer.status_code < 500, f"{form}.{field}"
            assert b"Traceback" not in answer.content
    assert Member.objects.count() == people
    for row in [*Post.objects.all(), *Comment.objects.all()]:
        assert "<script" not in row.html
        assert not set("\x00\x07\x1b\u202e") & set(row.body)


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_values_in_addresses(cast: Cast, name: str) -> None:
    value = HOSTILE[name]
    browser = cast.client("ada")
    for address, field in (
        ("/", "before"),
        ("/", "ranked"),
        ("/posts/order/", "recency"),
        ("/settings/old-posts/", "after"),
        ("/", "seen"),
        ("/search/", "q"),
        ("/search/suggestions/", "q"),
        ("/search/mentions/", "q"),
        ("/posts/fresh/", "since"),
        ("/posts/saved/", "q"),
        ("/posts/saved/", "before"),
        ("/settings/quiet/", "word"),
        ("/posts/reach/", "audience"),
        ("/network/people/", "q"),
        ("/network/people/", "after"),
        ("/network/standing/", "after"),
        ("/network/introductions/", "after"),
        ("/network/introductions/mine/", "after"),
        ("/network/introductions/ask/cy-tanaka/", "through"),
        ("/notifications/", "before"),
        ("/in/bo-okafor/", "as"),
        ("/in/bo-okafor/posts/", "before"),
        ("/in/bo-okafor/", "lang"),
        ("/in/bo-okafor/positions/", "after"),
        ("/in/ada-lindqvist/preview/", "q"),
        ("/in/bo-okafor/cv/", "as"),
        ("/in/bo-okafor/cv/resume.json", "part"),
        ("/in/bo-okafor/cv/resume.docx", "language"),
        ("/organizations/", "q"),
        ("/organizations/", "kind"),
        ("/organizations/", "after"),
        ("/organizations/options/", "q"),
        ("/organizations/acme/people/", "who"),
        ("/organizations/acme/people/", "after"),
        ("/organizations/acme/people/", "q"),
        ("/organizations/acme/people/", "left"),
        ("/organizations/acme/people/", "field"),
        ("/organizations/acme/people/", "work"),
        ("/organizations/acme/people/", "place"),
        ("/organizations/acme/posts/", "before"),
        ("/organizations/acme/figures/", "days"),
        ("/organizations/acme/figures/visits.csv", "days"),
        ("/posts/", "speaker"),
        ("/skills/", "q"),
        ("/settings/open-to-work/knowing/", "who"),
        ("/settings/workplace/", "position"),
        ("/settings/import/people/", "after"),
        ("/vouching/", "after"),
        ("/vouching/given/", "after"),
        ("/vouching/of/bo-okafor/", "after"),
    ):
        assert browser.get(address, {field: value}).status_code < 500, f"{address}?{field}"
    for number in ("0", str(2**63), str(2**70), "9" * 300):
        for place in (
            "posts",
            "comments",
            "notifications",
            "network/invitations",
            "career/items",
            "career/skills",
            "career/contacts",
            "career/featured",
            "vouching/recommendations",
            "vouching/requests",
            "vouching/confirmations",
            "vouching/skills",
            "settings/import",
        ):
            assert browser.get(f"/{place}/{number}/").status_code in (404, 405)


def test_without_csrf_nothing_happens(cast: Cast) -> None:
    listed = forms(cast)
    before = (Post.objects.count(), Comment.objects.count(), Invitation.objects.count())
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.ada.user)
    for form, (address, good) in listed.items():
        assert browser.post(address, good).status_code == 403, form
        wrong = browser.post(
            address, good | {"csrfmiddlewaretoken": "x" * 64}, headers={"origin": "https://evil.example"}
        )
        assert wrong.status_code == 403, form
    assert (Post.objects.count(), Comment.objects.count(), Invitation.objects.count()) == before


def test_huge_bodies_are_refused_and_the_next_request_is_served(cast: Cast) -> None:
    browser = cast.client("ada")
    for kind in ("application/x-www-form-urlencoded", "text/plain", "application/json"):
        answer = browser.generic("POST", "/posts/", b"body=" + b"a" * 10_000_000, content_type=kind)
        assert 400 <= answer.status_code < 500, kind
    many = "&".join(f"f{number}=1" for number in range(5_000))
    answer = browser.generic("POST", "/posts/", many.encode(), content_type="application/x-www-form-urlencoded")
    assert 400 <= answer.status_code < 500
    assert browser.get("/").status_code == 200
    assert not Post.objects.exists()


def test_what_was_typed_survives_a_refusal(cast: Cast) -> None:
    long = "Long words worth keeping. " * 300
    page = cast.client("ada").post(
        "/posts/", {"body": long, "facet": "personal", "audience": "1", "commenting": "nobody"}
    )
    assert page.status_code == 422
    assert "Long words worth keeping." in page.content.decode()
    note = "A note worth keeping. " * 20
    refused = cast.client("ada").post("/network/with/di-varga/invitation/", {"note": note})
    assert refused.status_code == 422
    assert "A note worth keeping." in refused.content.decode()
    assert not Invitation.objects.filter(sender=cast.ada).exists()


def test_what_one_did_not_offer_is_not_taken(cast: Cast) -> None:
    """Fields of the rows that no form offers are ignored: nobody posts as somebody else, or makes herself owner."""
    extra = {
        "author": cast.bo.pk,
        "author_id": cast.bo.pk,
        "reaction_count": 99,
        "id": 7,
        "role": "owner",
        "standing": "x",
    }
    good = {"body": "words", "facet": "personal", "audience": "3", "commenting": "anyone"}
    cast.client("ada").post("/posts/", good | extra)
    post = Post.objects.get()
    assert (post.author_id, post.reaction_count) == (cast.ada.pk, 0)
    profile = {"name": "Ada L", "handle": "ada-lindqvist", "visibility": "1", "connections_audience": "3"}
    cast.client("ada").post("/settings/profile/", profile | extra | {"connection_count": 9000})
    ada = Member.objects.select_related("user").get(pk=cast.ada.pk)
    assert (ada.user.role, ada.standing, ada.connection_count) == ("member", "active", 2)
