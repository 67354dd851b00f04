"""What leaves: in the right form, of what somebody signed out may read, and not twice to whoever has it."""

import json
import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from collegium.lib import clock
from collegium.members.models import Member
from collegium.openings.models import Ended, Hidden, Opening, State
from collegium.openings.out import feeds, structured
from collegium.openings.tests.google import RULES, broken
from collegium.openings.tests.scene import acme, hiring_page, led, opening
from collegium.testing.cast import Cast, client_of
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db
FEEDS = ("/organizations/acme/jobs.rss", "/organizations/acme/jobs.atom", "/organizations/acme/jobs.json")
EMBED, WHOLE, INDEX = "/organizations/acme/jobs/embed/", "/jobs/feed.xml", "/jobs/sitemap.xml"
EVERYWHERE = (*FEEDS, EMBED, WHOLE)
ATOM, MAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def body(address: str, member: Member | None = None) -> str:
    response = client_of(member).get(address)
    assert response.status_code == 200, address
    return b"".join(response).decode()


def today_map() -> str:
    return f"/jobs/sitemap/{clock.now().date().isoformat()}.xml"


VALID: list[dict[str, Any]] = [
    {},
    {"way": "hybrid", "place": "Lund", "text": "", "html": ""},
    {"way": "remote", "country": "", "place": "", "countries": ["PT", "CL"]},
    {"way": "remote", "country": "", "place": "", "countries": []},
    {"pay_low": 30, "pay_high": 30, "period": "hour", "kind": "part-time"},
    {"pay_low": "17.50", "pay_high": "19.25", "period": "hour", "kind": "internship"},
    {"pay_low": 9_000, "pay_high": 9_500, "period": "whole", "kind": "freelance"},
    *({"kind": kind} for kind in ("contract", "apprenticeship", "voluntary")),
    {"title": "Ingénieure d’études — “Barrages”", "html": "<p>1 &lt; 2</p>"},
]


@pytest.mark.parametrize("values", VALID)
def test_postings_keep_the_rules_of_google(cast: Cast, values: dict[str, Any]) -> None:
    row = Opening.objects.with_faces().get(pk=opening(cast.ada, **values).pk)
    assert broken(structured.posting(row)) == []


def test_the_rules_of_google_are_looked_at(cast: Cast) -> None:
    """Each rule is broken by something, so that none of them is there in vain."""
    row = Opening.objects.with_faces().get(pk=opening(cast.ada).pk)
    good = structured.posting(row)
    spoilt: list[dict[str, Any]] = [
        {"@type": "Thing"},
        {"title": "Engineer!"},
        {"description": "Engineer"},
        {"datePosted": "yesterday"},
        {"validThrough": good["datePosted"]},
        {"validThrough": "2099-01-01"},
        {"hiringOrganization": {"@type": "Organization", "name": "", "sameAs": "acme", "logo": "/logo"}},
        {"jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress"}}},
        {"jobLocation": []},
        {"jobLocationType": "OFFICE"},
        {"applicantLocationRequirements": {"@type": "Country", "name": ""}},
        {"employmentType": "full-time"},
        {"identifier": {}},
        {"baseSalary": {"@type": "MonetaryAmount", "currency": "EUR", "value": {"value": 1}}},
        {"directApply": None},
    ]
    assert {words for each in spoilt for words in broken(good | each)} == set(RULES)


def data_on(response: Any) -> dict[str, Any] | None:
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', response.content.decode(), re.DOTALL)
    return json.loads(found[1]) if found else None


def test_the_page_carries_it_for_those_who_are_signed_out(cast: Cast) -> None:
    row = led(cast.ada, title="</script><script>alert(1)")
    data = data_on(client_of(None).get(row.path))
    assert data is not None
    assert data["title"] == "</script><script>alert(1)"
    assert data["validThrough"] == row.expires_at.isoformat(timespec="seconds")  # type: ignore[union-attr]
    assert data_on(client_of(cast.di).get(row.path)) is None
    Opening.objects.filter(pk=row.pk).update(members_only=True)
    assert data_on(client_of(None).get(row.path)) is None
    Opening.objects.filter(pk=row.pk).update(
        members_only=False, state=State.CLOSED, closed_at=clock.now(), ended=Ended.FILLED
    )
    gone = client_of(None).get(row.path)
    assert (gone.status_code, data_on(gone)) == (410, None)


def hidden_ones(cast: Cast) -> None:
    """One of every sort that may not leave."""
    opening(cast.ada, title="SECRET members", members_only=True)
    hidden = opening(cast.ada, title="SECRET hidden")
    Hidden.objects.create(opening=hidden, what="person", person=cast.bo)
    opening(cast.ada, title="SECRET draft", state=State.DRAFT)
    opening(cast.ada, title="SECRET closed", state=State.CLOSED, closed_at=clock.now(), ended=Ended.FILLED)
    opening(cast.ada, title="SECRET over", expires_at=clock.now())
    long_ago = clock.now() - timedelta(days=22)
    opening(cast.ada, title="SECRET stale", posted_at=long_ago, reviewed_at=long_ago)
    opening(cast.gus, title="SECRET of somebody suspended")


def test_only_what_everybody_may_read_leaves(cast: Cast) -> None:
    row = opening(cast.ada, title="Dam keeper")
    hidden_ones(cast)
    for address in EVERYWHERE:
        for member in (None, cast.ada, cast.bo):
            found = body(address, member)
            assert "Dam keeper" in found, address
            assert "SECRET" not in found, address
    kept = [each.text for each in ET.fromstring(body(today_map())).iter(f"{MAP}loc")]
    assert [str(each).endswith(row.path) for each in kept] == [True]
    days = [each.text for each in ET.fromstring(body(INDEX)).iter(f"{MAP}loc")]
    assert [str(day)[-14:] for day in days] == [today_map()[-14:]]


def test_an_organisation_without_openings_has_empty_feeds(cast: Cast) -> None:
    acme()
    for address in FEEDS:
        assert "Engineer" not in body(address)
    assert "Nobody is looked for" in body(EMBED)
    assert client_of(None).get(today_map()).status_code == 404
    assert list(ET.fromstring(body(INDEX))) == []


def test_the_form_of_the_feeds(cast: Cast) -> None:
    row = opening(cast.ada, title="Keeper & <b>diver</b>", html="<p>A ]]> B \x0b</p>")
    rss = ET.fromstring(body(FEEDS[0]))
    assert (rss.tag, rss.get("version")) == ("rss", "2.0")
    assert [each.findtext("title") for each in rss.iter("item")] == [row.title]
    assert [str(each.findtext("guid")).endswith(row.path) for each in rss.iter("item")] == [True]
    atom = ET.fromstring(body(FEEDS[1]))
    assert [each.findtext(f"{ATOM}title") for each in atom.iter(f"{ATOM}entry")] == [row.title]
    feed = json.loads(body(FEEDS[2]))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith("/organizations/acme/jobs.json")
    (item,) = feed["items"]
    assert {"id", "url", "content_html", "date_published", "authors"} <= item.keys()
    assert item["_job"]["baseSalary"]["value"]["unitText"] == "YEAR"
    whole = ET.fromstring(body(WHOLE))
    (job,) = whole.iter("job")
    assert job.findtext("title") == row.title
    assert job.findtext("referencenumber") == str(row.pk)
    assert str(job.findtext("description")).startswith("<p>A ]]> B ")
    assert job.findtext("country") == "SE"


def test_the_file_of_all_is_written_in_batches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collegium.openings.out.public.BATCH", 2)
    same = clock.now() - timedelta(hours=1)
    rows = [opening(cast.ada, title=f"Post {n}", posted_at=same) for n in range(5)]
    found = [job.findtext("referencenumber") for job in ET.fromstring(body(WHOLE)).iter("job")]
    assert found == [str(row.pk) for row in reversed(rows)]


@pytest.mark.parametrize("address", [*EVERYWHERE, INDEX])
def test_what_somebody_has_is_not_sent_again(cast: Cast, address: str) -> None:
    row = opening(cast.ada)
    browser = client_of(None)
    first = browser.get(address)
    b"".join(first)
    known = {"If-None-Match": first["ETag"]}
    again = browser.get(address, headers=known)
    assert (again.status_code, b"".join(again)) == (304, b"")
    assert first["Cache-Control"].startswith("public")
    # What was taken out makes nothing newer, so a date alone is no answer.
    assert browser.get(address, headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}).status_code == 200
    Opening.objects.filter(pk=row.pk).update(title="Diver", edited_at=clock.now() + timedelta(seconds=5))
    assert browser.get(address, headers=known).status_code == 200
    Opening.objects.filter(pk=row.pk).update(members_only=True)
    assert browser.get(address, headers=known).status_code == 200


def test_the_list_for_other_websites(cast: Cast) -> None:
    opening(cast.ada)
    browser: Client = client_of(None)
    response = browser.get(EMBED)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "<script" not in response.content.decode()
    assert response["X-Frame-Options"] != "DENY"
    assert not response.cookies
    assert "frame-ancestors *" not in browser.get("/organizations/acme/")["Content-Security-Policy"]
    assert body(EMBED) == body(EMBED, cast.ada)


def test_those_who_hire_get_the_lines_for_their_website(cast: Cast) -> None:
    made = hiring_page(cast)
    address = f"{made.page.path}jobs/sharing/"
    assert "&lt;iframe src=" in body(address, made.recruiter)
    assert client_of(cast.di).get(address).status_code == 403
    assert client_of(None).get(address).status_code == 302


def test_feeds_cost_the_same_for_many(cast: Cast) -> None:
    opening(cast.ada)

    def read() -> None:
        for address in EVERYWHERE:
            body(address)

    def grow() -> None:
        for number in range(6):
            opening(cast.bo, title=f"Post {number}", way="remote", country="")

    assert_same_queries(read, grow, read)


def test_a_search_gets_feeds_from_the_same_maker(cast: Cast) -> None:
    rows = [Opening.objects.with_faces().get(pk=opening(cast.ada).pk)]
    for make in feeds.MAKERS.values():
        assert "/jobs/?q=dam" in make("Dams", "/jobs/?q=dam", rows)


def test_hostile_days_are_no_days(cast: Cast) -> None:
    for written in ("today", "2026-13-40", "0000-00-00", "9999-12-31", "0001-01-01", "%00", "2026-11-23T00"):
        assert client_of(None).get(f"/jobs/sitemap/{written}.xml").status_code == 404, written


def test_robots_are_told_where_the_openings_are(cast: Cast) -> None:
    told = body("/robots.txt")
    assert "Allow: /jobs/" in told
    assert "/jobs/sitemap.xml" in told
