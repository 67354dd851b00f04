"""People one knows elsewhere: looked for when one says so, found when they show themselves, forgotten at once."""

import pytest

from collegium.audience.level import Level
from collegium.career import actions as career
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.portability.imports import seeking
from collegium.portability.imports.models import Met, Sought
from collegium.portability.imports.tests.archives import CONNECTIONS, archive, reviewed, table
from collegium.testing.fixtures import assert_same_queries

PAGE = "/settings/import/people/"


def show(member, slug: str, audience: int = Level.MEMBERS) -> None:
    career.put_contact(
        member, kind="network", value=f"https://www.linkedin.com/in/{slug}/", label="LinkedIn", audience=audience
    )


def seek(client, row) -> None:
    client.post(f"{row.path}connections/", {"seek": "yes"})
    client.post(f"{row.path}confirmation/")


def test_nobody_is_looked_for_unless_one_says_so(cast, ada, hear):
    show(cast.di, "di-varga-42")
    row = reviewed(ada, archive())
    ada.post(f"{row.path}confirmation/")
    hear()
    assert (Sought.objects.count(), Met.objects.count()) == (0, 0)
    assert "Nobody is looked for" in ada.get(PAGE).text


def test_who_shows_the_address_is_found_and_nobody_is_told(cast, ada, hear):
    show(cast.di, "Di-Varga-42")
    row = reviewed(ada, archive())
    seek(ada, row)
    hear()
    page = ada.get(PAGE).text
    assert "Di Varga" in page
    assert "/network/with/di-varga/invitation/" in page
    assert "Someone" not in page
    kept = repr(list(Sought.objects.values_list()))
    assert "varga" not in kept
    assert "else@example" not in kept
    from collegium.notifications.models import Notification
    from collegium.ties.models import Invitation

    assert not Notification.objects.filter(recipient=cast.di).exists()
    assert not Invitation.objects.filter(sender=cast.ada).exists()


@pytest.mark.parametrize(
    ("name", "audience", "found"),
    [
        ("di", Level.MEMBERS, True),
        ("di", Level.CONNECTIONS, False),
        ("cy", Level.NETWORK, True),
        ("bo", Level.MEMBERS, False),  # connected already
        ("ed", Level.MEMBERS, False),  # blocked
        ("eve", Level.MEMBERS, False),  # has blocked
        ("gus", Level.MEMBERS, False),  # suspended
    ],
)
def test_only_who_the_rule_of_sight_lets_be_seen(cast, ada, hear, name, audience, found):
    person = getattr(cast, name)
    if name == "gus":
        Member.objects.filter(pk=person.pk).update(standing=Member.Standing.ACTIVE)
        person.refresh_from_db()
    show(person, "di-varga-42", audience)
    if name == "gus":
        Member.objects.filter(pk=person.pk).update(standing=Member.Standing.SUSPENDED)
    seek(ada, reviewed(ada, archive()))
    hear()
    assert Met.objects.filter(member=cast.ada, person=person).exists()
    assert (person.name in ada.get(PAGE).text) == found


def test_hidden_people_are_not_found(cast, ada, hear):
    Member.objects.filter(pk=cast.di.pk).update(visibility=Member.Visibility.HIDDEN)
    show(cast.di, "di-varga-42")
    seek(ada, reviewed(ada, archive()))
    hear()
    assert "Di Varga" not in ada.get(PAGE).text


def test_who_shows_the_address_later_is_found_later_and_no_longer_when_it_is_gone(cast, ada, hear):
    seek(ada, reviewed(ada, archive()))
    hear()
    assert "Nobody yet" in ada.get(PAGE).text
    contact = career.put_contact(cast.cy, kind="email", value="Else@example.org", audience=Level.MEMBERS)
    hear()
    assert "Cy Tanaka" in ada.get(PAGE).text
    assert "Cy Tanaka" not in cast.client("di").get(PAGE).text
    career.edit_contact(contact, by=cast.cy, value="other@example.org")
    assert "Cy Tanaka" not in ada.get(PAGE).text


def test_forgotten_at_once(cast, ada, hear):
    show(cast.di, "di-varga-42")
    seek(ada, reviewed(ada, archive()))
    hear()
    assert ada.post("/settings/import/people/removal/", follow=True).status_code == 200
    assert (Sought.objects.count(), Met.objects.count()) == (0, 0)


def test_odd_addresses_mean_the_same_person():
    assert seeking.prints_of("ed-ricp%C2%AE-9", "") == seeking.prints_of("Ed-RICP®-9", "")
    assert seeking.prints_of("", "") == []
    assert len(seeking.prints_of("a", "A@example.org")) == 2


def test_the_list_costs_the_same_for_many(cast, ada, hear, make_member):
    rows = [["N", f"{n}", f"https://www.linkedin.com/in/n-{n}", "", "", "", "12 Mar 2025"] for n in range(8)]
    seek(ada, reviewed(ada, archive(Connections=table(CONNECTIONS, rows))))

    def grow() -> None:
        for n in range(1, 8):
            show(make_member(f"Kim Lund {n}"), f"n-{n}")
        hear()

    show(make_member("Kim Lund"), "n-0")
    hear()
    assert_same_queries(lambda: ada.get(PAGE), grow, lambda: ada.get(PAGE))


def test_an_invitation_ends_nothing_here(cast, ada, hear):
    show(cast.di, "di-varga-42")
    seek(ada, reviewed(ada, archive()))
    hear()
    network.accept(network.invite(cast.ada, cast.di, note="Hello"), by=cast.di)
    assert "Di Varga" not in ada.get(PAGE).text


def test_who_hides_the_address_does_not_even_make_another_page(cast, ada, monkeypatch):
    monkeypatch.setattr(seeking, "PAGE", 1)
    show(cast.cy, "cy-shown")
    show(cast.di, "di-hidden", Level.ONLY_ME)
    career.put_contact(cast.di, kind="website", value="https://di.example", audience=Level.MEMBERS)
    seeking.seek(cast.ada, seeking.prints_of("cy-shown", "") + seeking.prints_of("di-hidden", ""))
    seeking.look(cast.ada.pk)
    assert Met.objects.filter(member=cast.ada).count() == 2
    assert seeking.to_find(cast.viewer("ada")) == ([cast.cy], "")


def test_a_page_is_full_however_many_hide_between(cast, monkeypatch):
    monkeypatch.setattr(seeking, "PAGE", 1)
    monkeypatch.setattr(seeking, "STRETCH", 1)
    people = sorted((cast.cy, cast.di, cast.hal), key=lambda each: each.pk)
    for person, audience in zip(people, (Level.MEMBERS, Level.ONLY_ME, Level.MEMBERS), strict=True):
        show(person, person.handle, audience)
        career.put_contact(person, kind="website", value="https://some.example", audience=Level.MEMBERS)
    seeking.seek(cast.ada, [each for person in people for each in seeking.prints_of(person.handle, "")])
    seeking.look(cast.ada.pk)
    first, more = seeking.to_find(cast.viewer("ada"))
    assert first == [people[0]]
    assert seeking.to_find(cast.viewer("ada"), more) == ([people[2]], "")


def test_nobody_seeks_without_end(cast, monkeypatch):
    monkeypatch.setattr(seeking, "MOST_SOUGHT", 3)
    prints = [each for number in range(5) for each in seeking.prints_of(f"somebody-{number}", "")]
    assert seeking.seek(cast.ada, prints[:2]) == 2
    assert seeking.seek(cast.ada, prints) == 1
    assert Sought.objects.filter(member=cast.ada).count() == 3
