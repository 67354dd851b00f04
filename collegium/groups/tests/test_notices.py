"""What is told, in which words, to whom; and the log, whose every line is a sentence."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from collegium.groups import log
from collegium.groups.actions import barring, doors, founding, inviting, keeping
from collegium.groups.actions.founding import Charter
from collegium.groups.models import Role
from collegium.groups.tests.scene import Scene, asked, ban_of, make_scene
from collegium.journal.models import Entry
from collegium.members import actions as members
from collegium.network import actions as network
from collegium.testing.cast import Cast, connect

pytestmark = pytest.mark.django_db


def edited(scene: Scene, **changes: str) -> None:
    founding.edit(scene.group, replace(Charter.of(scene.group), **changes), by=scene.owner, opens=True)  # type: ignore[arg-type]


def asked_in(scene: Scene) -> None:
    connect(scene.stranger, scene.owner)
    inviting.invite(scene.group, [scene.stranger], by=scene.owner)


TOLD: dict[str, tuple[str, Callable[[Scene], object], str]] = {
    "asked": ("manager", lambda s: doors.ask(s.group, by=s.stranger, answers={}, agreed=True), "asks to be let into"),
    "invited": ("stranger", asked_in, "invites you into the group"),
    "let in": ("asking", lambda s: doors.accept(asked(s), by=s.manager), "let you into"),
    "turned down": ("asking", lambda s: doors.decline(asked(s), by=s.manager, words="Later."), "Later."),
    "a role": ("member", lambda s: keeping.give_role(s.group, s.member, Role.MODERATOR, by=s.owner), "Moderator"),
    "no role": ("moderator", lambda s: keeping.give_role(s.group, s.moderator, 0, by=s.owner), "took a role from you"),
    "succeeded": ("manager", lambda s: members.suspend(s.owner, by=None), "nobody was left"),
    "removed": ("member", lambda s: keeping.remove(s.group, s.member, by=s.owner, reason="Why."), "Why."),
    "banned": ("member", lambda s: barring.ban(s.group, s.member, by=s.owner, reason="Why."), "kept out"),
    "unbanned": ("banned", lambda s: barring.lift(ban_of(s), by=s.owner), "may join"),
    "rules": ("member", lambda s: edited(s, rules="Others."), "changed the rules"),
    "opened": ("member", lambda s: edited(s, visibility="public"), "made"),
}


@pytest.mark.parametrize("what", list(TOLD))
def test_what_is_told_and_where_it_leads(cast: Cast, hear: Callable[[], None], what: str) -> None:
    name, act, words = TOLD[what]
    scene = make_scene(cast, visibility="private")
    act(scene)
    hear()
    hear()
    browser = scene.client(name)
    page = browser.get("/notifications/").content.decode()
    assert words in page
    assert scene.group.name in page
    for address in {part.partition('"')[0] for part in page.split('href="/groups/')[1:]}:
        assert browser.get(f"/groups/{address}").status_code in (200, 302), address


def test_a_block_keeps_nobody_from_hearing_why_she_is_out(cast: Cast, hear: Callable[[], None]) -> None:
    scene = make_scene(cast)
    network.block(cast.di, cast.ada)
    barring.ban(scene.group, cast.ada, by=cast.di, reason="Adverts.")
    hear()
    assert "Adverts." in cast.client("ada").get("/notifications/").content.decode()


def test_every_line_of_the_log_is_a_sentence(cast: Cast) -> None:
    scene = make_scene(cast)
    about = {"member": cast.ada.pk, "was": 0, "role": 1, "what": ["name", "rules"], "until": "", "with_content": True}
    other = {"groups.visibility_changed": {"was": "private", "now": "public"}}
    for kind in log.words:
        Entry.objects.create(kind=kind, actor=cast.bo.pk, subject=scene.group.pk, data=other.get(kind, about))
    Entry.objects.create(kind="groups.removed", actor=7, subject=scene.group.pk, data={"member": 8, "reason": "<b>"})
    page = log.read(scene.group)
    assert len(page.lines) > len(log.OWN)
    assert not [line for line in page.lines if "{" in line.sentence or "}" in line.sentence]
    assert "Somebody who is no longer here" in page.lines[0].sentence
    shown = cast.client("bo").get(f"{scene.group.path}log/").content.decode()
    assert "&lt;b&gt;" in shown


def test_the_log_goes_on_where_it_stopped(cast: Cast) -> None:
    scene = make_scene(cast)
    for _each in range(log.PAGE * 2):
        Entry.objects.create(kind="groups.ended", actor=cast.bo.pk, subject=scene.group.pk, data={})
    first = log.read(scene.group)
    second = log.read(scene.group, first.older)
    assert (len(first.lines), len(second.lines)) == (log.PAGE, log.PAGE)
    assert log.read(scene.group, second.older).older == ""
