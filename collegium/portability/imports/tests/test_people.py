"""People one knows elsewhere: looked for when one says so, found when they show themselves, forgotten at once."""

import pytest

from collegium.accounts.entering import trust_address
from collegium.audience.level import Level
from collegium.career import actions as career
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.portability.acquaintances import rules
from collegium.portability.acquaintances.models import Lookup
from collegium.portability.imports import seeking
from collegium.portability.imports.models import Met, Sought
from collegium.portability.imports.tests.archives import CONNECTIONS, archive, reviewed, table
from collegium.testing.fixtures import assert_same_queries

PAGE = "/settings/import/people/"


def show(member, slug: str, audience: int = Level.MEMBERS) -> None:
    members.agree(member, email=True, phone=False, profile=True)
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
        ("di", Level.ONLY_ME, True),  # who reads the address is another question
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


def test_who_shows_an_address_without_agreeing_is_not_found(cast, ada, hear):
    show(cast.di, "di-varga-42")
    members.agree(cast.di, email=True, phone=True, profile=False)
    seek(ada, reviewed(ada, archive()))
    hear()
    assert "Di Varga" not in ada.get(PAGE).text


def test_who_agrees_later_is_found_later_and_no_longer_when_it_is_taken_back(cast, ada, hear):
    seek(ada, reviewed(ada, archive()))
    hear()
    assert "Nobody yet" in ada.get(PAGE).text
    cast.cy.user.email = "else@example.org"
    cast.cy.user.save()
    members.agree(cast.cy, email=True, phone=False, profile=False)
    hear()
    assert "Cy Tanaka" not in ada.get(PAGE).text  # The address is not confirmed.
    trust_address(cast.cy.user)
    members.agree(cast.cy, email=True, phone=False, profile=False)
    hear()
    assert "Cy Tanaka" in ada.get(PAGE).text
    assert "Cy Tanaka" not in cast.client("di").get(PAGE).text
    members.agree(cast.cy, email=False, phone=False, profile=False)
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


def test_who_takes_it_back_does_not_even_make_another_page(cast, ada, hear, monkeypatch):
    monkeypatch.setattr(seeking, "PAGE", 1)
    show(cast.cy, "cy-shown")
    show(cast.di, "di-hidden")
    hear()
    seeking.seek(cast.ada, seeking.prints_of("cy-shown", "") + seeking.prints_of("di-hidden", ""))
    seeking.look(cast.ada.pk)
    members.agree(cast.di, email=True, phone=True, profile=False)
    assert Met.objects.filter(member=cast.ada).count() == 2
    assert seeking.to_find(cast.viewer("ada")) == ([cast.cy], "")


def test_a_page_is_full_however_many_took_it_back_between(cast, hear, monkeypatch):
    monkeypatch.setattr(seeking, "PAGE", 1)
    monkeypatch.setattr(seeking, "STRETCH", 1)
    people = sorted((cast.cy, cast.di, cast.hal), key=lambda each: each.pk)
    for person in people:
        show(person, person.handle)
    hear()
    seeking.seek(cast.ada, [each for person in people for each in seeking.prints_of(person.handle, "")])
    seeking.look(cast.ada.pk)
    members.agree(people[1], email=True, phone=True, profile=False)
    first, more = seeking.to_find(cast.viewer("ada"))
    assert first == [people[0]]
    assert seeking.to_find(cast.viewer("ada"), more) == ([people[2]], "")


def test_connections_without_any_address_are_counted(cast, ada):
    rows = [
        ["Di", "Varga", "https://www.linkedin.com/in/di-varga-42", "", "", "", "12 Mar 2025"],
        ["Cy", "Tanaka", "", "", "", "", "12 Mar 2025"],
        ["Bo", "Okafor", "", "", "", "", "12 Mar 2025"],
    ]
    row = reviewed(ada, archive(Connections=table(CONNECTIONS, rows)))
    assert "2 connections have neither a profile address nor an e-mail address" in ada.get(row.path).text


def test_nobody_seeks_without_end(cast, monkeypatch):
    monkeypatch.setattr(seeking, "MOST_SOUGHT", 3)
    prints = [each for number in range(5) for each in seeking.prints_of(f"somebody-{number}", "")]
    assert seeking.seek(cast.ada, prints[:2]) == 2
    assert seeking.seek(cast.ada, prints) == 1
    assert Sought.objects.filter(member=cast.ada).count() == 3


def test_an_archive_keeps_to_the_same_number_a_day_as_everything_else(cast, hear, monkeypatch):
    monkeypatch.setattr(rules, "DAILY", 3)
    for person in (cast.cy, cast.di):
        show(person, person.handle)
    hear()
    more = [each for number in range(3) for each in seeking.prints_of(f"somebody-{number}", "")]
    prints = more + [each for person in (cast.cy, cast.di) for each in seeking.prints_of(person.handle, "")]
    seeking.seek(cast.ada, prints)
    seeking.look(cast.ada.pk)
    assert Sought.objects.filter(member=cast.ada, active=True).count() == 3
    assert rules.left_today(cast.ada)[0] == 0
    seeking.go_on()
    assert Sought.objects.filter(member=cast.ada, active=True).count() == 3
    Lookup.objects.all().delete()
    seeking.go_on()
    assert not Sought.objects.filter(member=cast.ada, active=False).exists()
    assert rules.left_today(cast.ada)[0] == 1
    assert set(seeking.to_find(cast.viewer("ada"))[0]) == {cast.cy, cast.di}
