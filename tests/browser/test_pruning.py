"""A large network is pruned, and everything is as it was."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, Site, Visitor

pytestmark = pytest.mark.browser

# Sixty people whom Ada has known for three years; Bo alone reacted to something since.
CROWD = f"""
from datetime import timedelta
from allauth.account.models import EmailAddress
from collegium.accounts.models import User
from collegium.feed import actions as feed
from collegium.lib import clock
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.ties.models import Connection
ada, bo = Member.objects.get(handle="ada-lindqvist"), Member.objects.get(handle="bo-okafor")
for number in range(60):
    user = User.objects.create_user(f"crowd{{number}}@example.org", {PASSWORD!r})
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Connection.tie(ada, members.join(user, f"Crowd {{number:02}}"))
Connection.objects.filter(member=ada).update(since=clock.now() - timedelta(days=1100))
Connection.objects.filter(other=ada).update(since=clock.now() - timedelta(days=1100))
feed.react(feed.post(ada, "Seals fail at 4 °C.", audience=3), "like", by=bo)
"""


def test_prune_and_undo(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Not for 18 months, all of them, a preview, removed, undone; those removed are told nothing."""
    people.run(CROWD)
    ada, crowd = visitor(), visitor()
    ada.sign_in("ada@example.org")
    crowd.sign_in("crowd7@example.org")
    page = ada.go("/network/people/")
    page.get_by_label("Last contact").select_option("not-18m")
    expect(page).to_have_url(f"{people.base}/network/people/?last=not-18m")
    expect(page.locator(".people-count")).to_have_text("60 people")
    expect(page.locator(".people-line", has_text="Bo Okafor")).to_have_count(0)

    # By keyboard: down to the second row, choose it; then all of them.
    page.locator("body").press("j")
    page.locator("body").press("j")
    page.locator("body").press("x")
    expect(page.locator(".people-count")).to_have_text("1 chosen")
    expect(page.get_by_label("Choose Crowd 01")).to_be_checked()
    page.get_by_label("All 60").check()
    page.get_by_label("What to do with those you chose").select_option("remove")
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Remove 60 people from your connections?")
    expect(page.locator("main")).to_contain_text("You have 61 connections now, and 1 then.")
    expect(page.locator("main")).to_contain_text("Nobody is told")
    page.get_by_role("button", name="Remove").click()

    expect(page.locator(".toast")).to_contain_text("60 people are no longer among your connections.")
    expect(page.locator("main")).to_contain_text("None of your people matches")
    crowd.go("/notifications/")
    expect(crowd.page.locator("main")).not_to_contain_text("Ada")
    crowd.go("/in/ada-lindqvist/")
    expect(crowd.page.locator(".profile-acts").get_by_text("Connect", exact=True).first).to_be_visible()

    page.locator(".toast").get_by_role("button", name="Undo").click()
    page.wait_for_load_state()
    ada.go("/network/people/?last=not-18m")
    expect(page.locator(".people-count")).to_have_text("60 people")
    crowd.go("/in/ada-lindqvist/")
    expect(crowd.page.locator(".profile-acts").get_by_text("Connected", exact=True)).to_be_visible()


def test_what_one_keeps_about_a_person(people: Site, visitor: Callable[..., Visitor]) -> None:
    """On the profile, in the dialog of the list, and without script."""
    ada, plain = visitor(), visitor(java_script_enabled=False)
    ada.sign_in("ada@example.org")
    card = ada.go("/in/bo-okafor/").locator(".own-card")
    card.locator("textarea").fill("Met in Delft.")
    card.get_by_role("button", name="Keep the note").click()
    expect(card).to_contain_text("Last changed")
    card.get_by_label("Add a tag", exact=True).fill("Delft 2025")
    card.get_by_label("Add a tag", exact=True).press("Enter")
    expect(card.locator(".own-mark")).to_contain_text("Delft 2025")
    card.get_by_text("Remind me of Bo Okafor").click()
    card.get_by_label("About what").fill("The drawings")
    card.get_by_role("button", name="Remind me", exact=True).click()
    expect(card.locator(".reminder")).to_contain_text("The drawings")

    page = ada.go("/network/people/?q=bo")
    line = page.locator(".people-line", has_text="Bo Okafor")
    expect(line).to_contain_text("Delft 2025")
    line.get_by_label("More about Bo Okafor").click()
    line.get_by_text("Note, tags, circles, reminder").click()
    dialog = page.locator("#dialog")
    expect(dialog.locator("textarea")).to_have_value("Met in Delft.")
    dialog.get_by_label("Put into a circle", exact=True).fill("Close")
    dialog.get_by_label("Put into a circle", exact=True).press("Enter")
    expect(dialog.locator(".own-mark-circle")).to_contain_text("Close")

    plain.sign_in("ada@example.org")
    own = plain.go("/network/people/with/bo-okafor/")
    own.get_by_label("Take off Delft 2025").click()
    expect(own.locator(".own-card")).not_to_contain_text("Delft 2025")
    listed = plain.go("/network/people/")
    listed.get_by_label("Choose Bo Okafor").check()
    listed.get_by_label("What to do with those you chose").select_option("mute")
    listed.get_by_role("button", name="Go on").click()
    listed.get_by_role("button", name="Mute").click()
    expect(listed.locator(".people-line", has_text="Bo Okafor")).to_contain_text("Muted")
    plain.go("/network/people/changes/")
    listed.locator(".made-line", has_text="Muted").get_by_role("button", name="Undo").click()
    plain.go("/network/people/")
    expect(listed.locator(".people-line", has_text="Bo Okafor")).not_to_contain_text("Muted")
