"""What no single room can hold: promises that are true of the whole house."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from collegium.config import wiring
from collegium.members.models import Member

ROOT = Path(__file__).resolve().parents[2] / "collegium"
SOURCES = [path for path in ROOT.rglob("*.py") if not {"tests", "migrations", "testing"} & set(path.parts)]


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SOURCES:
        yield path, ast.parse(path.read_text())


def test_recorded_kinds_are_the_keys_of_the_routes() -> None:
    recorded = set()
    for _path, tree in trees():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "record":
                recorded |= {part.value for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant)}
    kinds = {kind for kind in recorded if isinstance(kind, str) and re.fullmatch(r"[a-z]+\.[a-z_]+", kind)}
    assert kinds == set(wiring.ROUTES)


def test_every_verb_opens_with_its_rule() -> None:
    """A public function of an `actions` module that records something asks `require` first."""
    silent = []
    for path, tree in trees():
        if path.stem != "actions" and path.parent.stem != "actions":
            continue
        for verb in tree.body:
            if not isinstance(verb, ast.FunctionDef) or verb.name.startswith("_"):
                continue
            called = {
                call.func.id
                for call in ast.walk(verb)
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            }
            if "record" in called and "require" not in called:
                silent.append(f"{path.relative_to(ROOT)}:{verb.name}")
    assert sorted(silent) == sorted(WITHOUT_RULE)


# Verbs with nobody to ask: the clock, the operator's command line, taking back what is one's own.
WITHOUT_RULE = {
    "hiring/interviews/actions.py:hold",
    "members/actions.py:join",
    "digests/actions.py:end",
    "digests/actions.py:end_group",
    "newsletters/actions.py:unsubscribe_by_address",
}

GUARDED = {"Post", "Comment", "Item", "Holding", "Contact", "Visit"}
# Rooms inside an app that work on rows whoever may see them: verbs ask their own rule, news is judged for each hearer.
MAY_ASK_DIRECTLY = {"models", "actions", "rules", "notices", "tasks"}
# Single files, each for its reason; nothing beside them is let through.
ASK_OTHERWISE = {
    # By what the rule has answered for the person (docs/decisions/0008).
    "career/reading.py",
    "career/history.py",
    "network/picture/reading.py",
    "network/ways/reading.py",
    "search/reading.py",
    "visits/reading.py",
    # Beside the rule's own answer for each person, or of what one said oneself.
    "contacts/reading.py",
    "contacts/history.py",
    # Whoever works there at all; what may be told of the few who are near is asked under the rule.
    "referrals/reading.py",
    # By the clock, for nobody's eyes.
    "career/sweep.py",
    "feed/expiry/due.py",
    # For those who keep a conversation; for the counter and the pin of a post.
    "feed/talking/queues.py",
    "feed/talking/standing.py",
    # The places of deleted comments whose replies the reader sees.
    "feed/threads.py",
    # Verbs of those who keep a group, and what they stand on.
    "feed/places/banning.py",
    "feed/places/queue.py",
    "feed/places/rekeying.py",
    # A wall asks the half of the rule that is about places; what a search finds on it is shown by that.
    "feed/places/searching.py",
    "feed/places/wall.py",
    # For the verbs.
    "feed/locking.py",
    "pages/settling.py",
}


def test_guarded_rows_are_reached_through_the_rule() -> None:
    """Outside models, verbs and notices a query on posts or comments begins with `visible_to`."""
    direct: list[str] = []
    for path, tree in trees():
        if {path.stem, path.parent.stem} & MAY_ASK_DIRECTLY or "portability" in path.parts:
            continue
        if str(path.relative_to(ROOT)) in ASK_OTHERWISE:
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and node.attr not in {"visible_to", "none", "of"}
                and isinstance(node.value, ast.Attribute)
                and node.value.attr in {"objects", "_default_manager"}
                and isinstance(node.value.value, ast.Name)
                and node.value.value.id in GUARDED
            ):
                direct += [f"{path.relative_to(ROOT)}:{node.lineno}"]
    assert direct == []


# What becomes of each row that points at a member when that member goes. "goes": with the member.
FATES = {
    "openings.Opening.poster": "nameless",
    "openings.Seat.member": "goes",
    "openings.Hidden.person": "goes",
    "openings.Report.by": "nameless",
    "applications.Application.applicant": "nameless",
    "applications.Step.by": "nameless",
    "applications.Begun.member": "goes",
    "applications.Cv.member": "goes",
    "referrals.Referral.asker": "goes",
    "referrals.Referral.referrer": "goes",
    "hiring.Note.author": "nameless",
    "hiring.Scorecard.author": "goes",
    "hiring.Interview.made_by": "nameless",
    "hiring.Interviewer.member": "goes",
    "events.Attendance.member": "goes",
    "events.Attendance.checked_in_by": "nameless",
    "events.CalendarFeed.member": "goes",
    "events.Helper.member": "goes",
    "events.ReminderWish.member": "goes",
    "events.Cohost.member": "goes",
    "events.Invitation.member": "goes",
    "events.Invitation.by": "goes",
    "groups.Ban.by": "nameless",
    "groups.Ban.member": "goes",
    "groups.Invitation.member": "goes",
    "groups.Invitation.sender": "goes",
    "groups.Membership.member": "goes",
    "groups.Request.member": "goes",
    "groups.Request.settled_by": "nameless",
    "career.Disowned.member": "goes",
    "pages.Claim.member": "nameless",
    "pages.Dispute.by": "nameless",
    "pages.Dispute.member": "goes",
    "pages.Follow.member": "goes",
    "pages.Likeness.by": "nameless",
    "pages.Offer.by": "nameless",
    "pages.Offer.member": "goes",
    "pages.Role.member": "goes",
    "push.Device.member": "goes",
    "messaging.Attachment.owner": "goes",
    "messaging.Conversation.high": "goes",
    "messaging.Conversation.low": "goes",
    "messaging.Manners.member": "goes",
    "messaging.Message.author": "goes",
    "messaging.Participant.member": "goes",
    "messaging.Reaction.member": "goes",
    "messaging.Report.author": "goes",
    "messaging.Report.closed_by": "nameless",
    "messaging.Report.reporter": "goes",
    "messaging.Request.recipient": "goes",
    "messaging.Request.sender": "goes",
    "messaging.Star.member": "goes",
    "messaging.Typing.member": "goes",
    "reach.Key.owner": "goes",
    "reach.KeyUse.member": "goes",
    "reach.Welcome.member": "goes",
    "videos.Captions.owner": "goes",
    "newsletters.Newsletter.owner": "goes",
    "newsletters.Subscription.member": "goes",
    "newsletters.Delivery.member": "goes",
    "digests.Wish.member": "goes",
    "digests.GroupMail.member": "goes",
    "digests.Digest.member": "goes",
    "contacts.Tag.owner": "goes",
    "contacts.Tagging.person": "goes",
    "contacts.PersonNote.owner": "goes",
    "contacts.PersonNote.person": "goes",
    "contacts.Reminder.owner": "goes",
    "contacts.Reminder.person": "goes",
    "contacts.SavedFilter.owner": "goes",
    "contacts.Change.member": "goes",
    "ties.Circle.owner": "goes",
    "ties.Circling.person": "goes",
    "conduct.Restriction.member": "goes",
    "portability.Import.member": "goes",
    "portability.Sought.member": "goes",
    "portability.Met.member": "goes",
    "portability.Met.person": "goes",
    "portability.Way.person": "goes",
    "portability.Lookup.member": "goes",
    "portability.Recognised.person": "goes",
    "portability.Brought.member": "goes",
    "portability.Remark.member": "goes",
    "portability.Thread.member": "goes",
    "portability.Letter.member": "goes",
    "portability.Invited.member": "goes",
    "members.Findability.member": "goes",
    "portability.Kept.member": "goes",
    "introductions.Introduction.asker": "goes",
    "introductions.Introduction.introducer": "goes",
    "introductions.Introduction.target": "goes",
    "articles.Article.author": "goes",
    "pictures.Picture.owner": "goes",
    "uploads.Upload.owner": "goes",
    "feed.Post.author": "goes",
    "feed.Post.written_by": "nameless",
    "feed.Comment.written_by": "nameless",
    "feed.Held.by": "nameless",
    "feed.HeldComment.by": "nameless",
    "feed.GroupMark.by": "nameless",
    "feed.Comment.author": "goes",
    "feed.Reaction.member": "goes",
    "feed.Mention.member": "goes",
    "feed.Mix.member": "goes",
    "feed.Side.owner": "goes",
    "feed.Wanted.reader": "goes",
    "feed.Wanted.author": "goes",
    "feed.WantedSide.reader": "goes",
    "feed.Expiry.member": "goes",
    "profiles.Pin.member": "goes",
    "profiles.GuideRest.member": "goes",
    "finding.Saved.member": "goes",
    "finding.Letter.member": "goes",
    "search.Saved.member": "goes",
    "openness.OpenToWork.member": "goes",
    "openness.Exclusion.member": "goes",
    "openness.Exclusion.person": "goes",
    "openness.Recruiter.member": "goes",
    "vouching.Confirmation.low": "goes",
    "vouching.Confirmation.high": "goes",
    "vouching.Confirmation.asked_by": "goes",
    "vouching.Endorsement.member": "goes",
    "vouching.Endorsement.giver": "goes",
    "vouching.ForeignEndorsement.member": "goes",
    "vouching.ForeignRecommendation.member": "goes",
    "vouching.Recommendation.recipient": "goes",
    "vouching.Recommendation.author": "goes",
    "vouching.RecommendationRequest.asker": "goes",
    "vouching.RecommendationRequest.writer": "goes",
    "visits.Showing.member": "goes",
    "visits.Visit.owner": "goes",
    "visits.Visit.visitor": "goes",
    "workplaces.Proof.member": "goes",
    "workplaces.Code.member": "goes",
    "career.PartAudience.member": "goes",
    "career.Item.member": "goes",
    "career.ProfileText.member": "goes",
    "career.Holding.member": "goes",
    "career.Contact.member": "goes",
    "notifications.Choice.member": "goes",
    "notifications.Letter.member": "goes",
    "notifications.Outgoing.member": "goes",
    "notifications.Rest.member": "goes",
    "notifications.Notification.recipient": "goes",
    "notifications.Notification.actor": "goes",
    "realtime.Poke.member": "goes",
    "realtime.Line.member": "goes",
    "ties.Connection.member": "goes",
    "ties.Connection.other": "goes",
    "ties.Follow.follower": "goes",
    "ties.Follow.followee": "goes",
    "ties.Block.blocker": "goes",
    "ties.Block.blocked": "goes",
    "ties.Disclaimer.member": "goes",
    "ties.Disclaimer.stranger": "goes",
    "ties.Invitation.sender": "goes",
    "ties.Invitation.recipient": "goes",
    "network.Dismissal.member": "goes",
    "network.Dismissal.other": "goes",
    "network.Door.member": "goes",
    "network.Parting.member": "goes",
    "network.Ranked.member": "goes",
    "polls.Vote.member": "goes",
    "feed.Selected.member": "goes",
    "feed.Cohost.member": "goes",
    "feed.Draft.author": "goes",
    "feed.Saved.member": "goes",
    "feed.Quiet.member": "goes",
    "feed.TopicFollow.member": "goes",
    "ties.Distance.member": "goes",
    "ties.Distance.other": "goes",
}


def test_every_row_that_points_at_a_member_has_a_stated_fate() -> None:
    found = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is Member:
                fate = {"CASCADE": "goes", "SET_NULL": "nameless"}.get(field.remote_field.on_delete.__name__, "?")
                found[f"{model._meta.label}.{field.name}"] = fate
    assert found == FATES


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern)


@pytest.mark.django_db
def test_every_address_answers_everyone_without_an_error(client, cast) -> None:  # type: ignore[no-untyped-def]
    """GET and POST with nothing, signed in and out: a page, a redirect or a clear refusal, never a 5xx."""
    for address in sorted(set(addresses(get_resolver().url_patterns))):
        path = "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: "1" if found[1] == "int" else "ada-lindqvist", address)
        path = re.sub(r"\(\?P<\w+>[^)]*\)|[\^$\\]", lambda found: "x" if "(" in found[0] else "", path)
        for browser in (client, cast.client("ada"), cast.client("gus")):
            for head in ({}, {"HX-Request": "true"}):
                for method in (browser.get, browser.post):
                    assert method(path, headers=head).status_code < 500, path
