"""Who of one's contacts is found, who is not, and that nobody can tell the difference between the ways of not being."""

import re

import pytest
from django.core import mail

from collegium.accounts.entering import trust_address
from collegium.accounts.models import User
from collegium.career.models import Contact
from collegium.journal.models import Entry
from collegium.members import actions as members
from collegium.members.models import Findability, Member
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.portability.acquaintances import actions, rules
from collegium.portability.acquaintances.book import Book
from collegium.portability.acquaintances.models import Lookup, Recognised, Way
from collegium.portability.acquaintances.tests.conftest import FOUND, START, agree, bring, give, paste
from collegium.testing.fixtures import queries
from collegium.ties.models import Invitation

DI, CY = "divarga@example.org", "cytanaka@example.org"


@pytest.fixture
def di(cast, hear):
    agree(cast.di, email=True)
    hear()
    return cast.di


def names(client) -> str:
    return client.get(FOUND, follow=True).text


def test_who_agreed_is_found_and_nobody_hears_of_it(cast, ada, di, hear):
    before = Entry.objects.order_by("-pk").first().pk
    answer = bring(ada, "Name,E-mail 1 - Value\nDi,DiVarga@Example.org\nSomebody,else@nowhere.example\n")
    assert (answer.status_code, answer.url) == (302, FOUND)
    page = names(ada)
    assert "1 person to connect with" in page
    assert "You brought 2 addresses." in page
    assert "/network/with/di-varga/invitation/" in page
    hear()
    assert mail.outbox == []
    assert not Notification.objects.filter(recipient=di).exists()
    assert not Invitation.objects.filter(sender=cast.ada).exists()
    assert list(Entry.objects.filter(pk__gt=before).values_list("kind", flat=True)) == ["portability.looked_through"]


def test_nothing_of_the_book_is_kept(ada, di):
    secret = "Zebulon Quagmire,zebulon@nowhere.example"
    bring(ada, f"Name,Email\n{secret}\nDi,{DI}\n", name="zebulon-s-book.csv")
    kept = repr([list(model.objects.values()) for model in (Lookup, Recognised, Entry, Way)])
    assert "ebulon" not in kept
    assert "nowhere" not in kept
    assert DI not in kept
    assert Recognised.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "given", "brought", "agreed"),
    [
        ("email", "", DI, {"email": True}),
        ("phone", "+49 171 234 5678", "0049 (171) 2345678", {"phone": True}),
        ("network", "https://www.linkedin.com/in/di-varga-42/", "linkedin.com/in/Di-Varga-42?trk=x", {"profile": True}),
    ],
)
def test_each_key_for_itself(cast, ada, hear, kind, given, brought, agreed):
    if given:
        give(cast.di, kind, given)  # Only she reads it; having agreed is another question.
    agree(cast.di, **agreed)
    hear()
    paste(ada, brought)
    assert "Di Varga" in names(ada)
    rest = {"email": True, "phone": True, "profile": True} | dict.fromkeys(agreed, False)
    members.agree(cast.di, **rest)
    assert "Di Varga" not in names(ada)  # At once, before anybody has heard of it.
    paste(ada, brought)
    assert "Di Varga" not in names(ada)
    hear()
    paste(ada, brought)
    assert "Di Varga" not in names(ada)


def test_by_what_each_was_found_is_said_where_it_differs(cast, ada, di, hear):
    give(cast.cy, "phone", "+49 171 2345678")
    agree(cast.cy, phone=True)
    hear()
    bring(ada, f"Name,Email,Phone\nDi,{DI},\nCy,cy@nowhere.example,+49 171 2345678\n")
    page = names(ada)
    assert "You brought 2 contacts with 3 addresses." in page.replace("\n", " ")
    assert "Found by their e-mail address" in page
    assert "Found by their phone number" in page


def test_nobody_agreed_who_did_not_say_so(cast, ada, hear):
    trust_address(cast.di.user)
    give(cast.di, "phone", "+49 171 2345678", 0)
    hear()
    paste(ada, f"{DI} +491712345678")
    assert "Nobody to show" in names(ada)
    assert not Findability.objects.exists()


def test_an_address_that_is_not_confirmed_counts_for_nothing(cast, ada, hear):
    members.agree(cast.di, email=True, phone=False, profile=False)
    hear()
    paste(ada, DI)
    assert "Nobody to show" in names(ada)


def test_an_address_that_changed_hands_counts_for_its_owner(cast, ada, di):
    paste(ada, DI)
    di.user.emailaddress_set.all().delete()
    assert "Di Varga" not in names(ada)
    paste(ada, DI)
    assert "Di Varga" not in names(ada)


ABSENT = "absent@nowhere.example"
# Everybody agreed, unless something else is said.
SILENT = {
    "absent": lambda cast: None,
    "not asked": lambda cast: Findability.objects.filter(member=cast.di).delete(),
    "not agreed": lambda cast: members.agree(cast.di, email=False, phone=True, profile=True),
    "not confirmed": lambda cast: cast.di.user.emailaddress_set.update(verified=False),
    "hidden": lambda cast: Member.objects.filter(pk=cast.di.pk).update(visibility=Member.Visibility.HIDDEN),
    "suspended": lambda cast: members.suspend(cast.di, by=None),
    "awaiting": lambda cast: Member.objects.filter(pk=cast.di.pk).update(standing=Member.Standing.AWAITING),
    "has blocked": lambda cast: network.block(cast.di, cast.ada),
    "is blocked": lambda cast: network.block(cast.ada, cast.di),
    "connected": lambda cast: network.accept(network.invite(cast.ada, cast.di, note="Hello."), by=cast.di),
}


@pytest.mark.parametrize("why", SILENT)
def test_all_who_are_not_found_are_answered_alike(cast, hear, client_of, make_member, why):
    """The same bytes and the same number of statements, whether somebody named is not here, or is and is not shown."""
    agree(cast.di, email=True)
    agree(cast.cy, email=True)
    hear()
    SILENT[why](cast)
    if why != "awaiting":
        hear()
    answers = []
    cast.client("ada").get(START)  # The graph has been told of all that.
    # The first round is for what a process asks only once.
    for address in (ABSENT, ABSENT, ABSENT if why == "absent" else DI):
        client = client_of(cast.ada)
        client.get(START)
        Lookup.objects.all().delete()
        text = f"{address}\n{CY}\n"
        sent = queries(lambda text=text, client=client: paste(client, text))
        read = queries(lambda client=client: client.get(FOUND))
        answers.append((plain(client.get(FOUND).text), plain(client.get(START).text), len(sent), len(read)))
    assert "Cy Tanaka" in answers[1][0]
    assert answers[1] == answers[2]


def plain(page: str) -> str:
    """Without what is another in every answer."""
    page = re.sub(r"[A-Za-z0-9]{64}", "", page)
    page = re.sub(r'nonce="[^"]*"|data-session="[^"]*"|\d{1,2}:\d\d(:\d\d)?|datetime="[^"]*"', "", page)
    return page.replace("1 more address ", "N more addresses ")


def test_a_restriction_or_a_dismissal_changes_nothing(cast, ada, di):
    from collegium.network.models import Dismissal

    Dismissal.objects.create(member=cast.ada, other=di)
    paste(ada, DI)
    assert "Di Varga" in names(ada)


def test_the_day_has_an_end(cast, ada, di, monkeypatch):
    monkeypatch.setattr(rules, "DAILY", 4)
    book = "Name,Email\n" + "".join(f"N{n},n{n}@nowhere.example\n" for n in range(6)) + f"Di,{DI}\n"
    bring(ada, book)
    page = names(ada)
    assert "You brought 4 addresses." in page
    assert "everything before line 6 was looked for" in page
    assert "Di Varga" not in page
    answer = bring(ada, book, begin="6")
    assert answer.status_code == 422 or "as many addresses as one may" in answer.text
    assert Lookup.objects.count() == 1
    Lookup.objects.all().delete()
    bring(ada, book, begin="6")
    assert "Di Varga" in names(ada)


def test_a_person_with_more_addresses_than_are_left_waits_whole(cast, monkeypatch):
    monkeypatch.setattr(rules, "DAILY", 3)
    one, two = (
        [("email", "a@x.example"), ("email", "b@x.example")],
        [("email", "c@x.example"), ("email", "d@x.example")],
    )
    row = actions.look(Book(rows=[(2, one), (3, one), (4, two)]), by=cast.ada)
    assert (row.keys, row.contacts, row.next_line) == (2, 2, 4)


def test_a_part_that_matters(ada, di):
    book = f"Name,Company,Email\nDi,Works,{DI}\nElse,Other,else@nowhere.example\n"
    bring(ada, book, words="works")
    assert "You brought 1 address." in names(ada)
    answer = bring(ada, book, words="nothing like this")
    assert answer.status_code == 422
    assert "No row you asked for" in answer.text


def test_a_new_look_takes_the_place_of_the_last_and_a_day_ends_both(cast, ada, di):
    paste(ada, DI)
    paste(ada, ABSENT)
    assert "Di Varga" not in names(ada)
    assert Recognised.objects.count() == 0
    paste(ada, DI)
    from datetime import timedelta

    from collegium.lib import clock
    from collegium.portability.acquaintances.tasks import sweep

    with pytest.MonkeyPatch.context() as later:
        now = clock.now() + timedelta(hours=25)
        later.setattr(clock, "now", lambda: now)
        assert rules.left_today(cast.ada) == (500, None)
        assert ada.get(FOUND).status_code == 302
        sweep()
    assert (Lookup.objects.count(), Recognised.objects.count()) == (0, 0)


def test_put_away_at_once_and_the_day_still_counts(cast, ada, di):
    paste(ada, DI)
    page = ada.post("/network/contacts-in/removal/", follow=True)
    assert "Put away." in page.text
    assert Recognised.objects.count() == 0
    assert ada.get(FOUND).url == START
    assert rules.left_today(cast.ada)[0] == 499


def test_the_result_is_ones_own(cast, ada, di):
    paste(ada, DI)
    assert "Di Varga" not in names(cast.client("bo"))
    assert cast.client("nobody").get(FOUND).status_code == 302
    assert cast.client("nobody").post(START, {"text": DI}).status_code == 302
    assert cast.client("gus").post(START, {"text": DI}).status_code == 302


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "choose a file, or paste"),
        ({"text": "no addresses at all"}, "no e-mail address"),
        ({"text": "x" * 60_000}, "50000"),
        ({"text": DI, "begin": "-1"}, "greater than or equal to 1"),
        ({"text": DI, "begin": "9" * 40}, "less than or equal"),
        ({"text": "a@x.example\x00"}, ""),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(ada, data, words):
    answer = ada.post(START, data)
    assert answer.status_code == 422
    assert words in answer.text.replace("&#x27;", "'")
    assert Lookup.objects.count() == 0


def test_a_file_that_cannot_be_read_leaves_nothing(ada):
    for book in (b"", b"PK\x03\x04", b"Name,Email\n\x00\x01,a@x.example\n", b"x" * (5 * 1024 * 1024 + 1)):
        assert bring(ada, book).status_code == 422
    assert not Lookup.objects.exists()
    assert not Entry.objects.filter(kind="portability.looked_through").exists()


def test_formulas_stay_words(ada, di):
    bring(ada, f'Name,Email\n"=HYPERLINK(""http://evil.example"")",{DI}\n"=1+1",+cmd@x.example\n')
    page = names(ada)
    assert "Di Varga" in page
    assert "HYPERLINK" not in page


def test_what_joins_one_stands_beside_the_name(cast, ada, hear):
    agree(cast.cy, email=True)
    hear()
    paste(ada, CY)
    page = names(ada)
    assert "1 person you both know" in page


def test_a_long_list_is_paged(cast, ada, make_member, hear, monkeypatch):
    from collegium.portability.acquaintances import reading

    monkeypatch.setattr(reading, "PAGE", 3)
    people = [make_member(f"Kim Lund {n}") for n in range(8)]
    for person in people:
        agree(person, email=True)
    hear()
    paste(ada, "\n".join(person.user.email for person in people))
    seen, address = [], FOUND
    while address:
        page = ada.get(address)
        assert page.status_code == 200
        seen += re.findall(r"/in/(kim-lund[^/]*)/\"[^>]*class=\"[^\"]*name|>(Kim Lund \d)<", page.text)
        found = re.search(r'href="(/network/contacts-in/found/\?after=[\w-]+)"', page.text)
        address = found[1] if found else ""
    assert len({name for _slug, name in seen if name}) == 8
    assert ada.get(f"{FOUND}?after=nonsense").status_code == 404
    assert cast.client("bo").get(f"{FOUND}?after=AAAAAAAAAAE").status_code in (302, 404)


def test_statements_do_not_grow(cast, ada, make_member, hear):
    people = [make_member(f"Kim Lund {n}") for n in range(9)]
    for person in people:
        agree(person, email=True)
    hear()

    def cost(count: int) -> tuple[int, int]:
        Lookup.objects.all().delete()
        text = "\n".join(person.user.email for person in people[:count])
        paste(ada, text)
        return len(queries(lambda: paste(ada, text))), len(queries(lambda: ada.get(FOUND)))

    cost(1)
    assert cost(1) == cost(9)


def test_agreeing_on_the_page(cast, ada):
    page = ada.get("/settings/findability/").text
    assert "You have agreed to nothing yet" in page
    trust_address(cast.ada.user)
    answer = ada.post("/settings/findability/", {"email": "on"}, follow=True)
    assert "have your e-mail address already" in answer.text
    assert "You are found by" in answer.text
    row = Findability.objects.get(member=cast.ada)
    assert (row.email, row.phone, row.profile) == (True, False, False)
    ada.post("/settings/findability/", {})
    assert Findability.objects.get(member=cast.ada).agreed == []


def test_numbers_without_a_country_are_told_to_their_owner(cast, ada):
    give(cast.ada, "phone", "0171 2345678")
    assert "says no country" in ada.get("/settings/findability/").text


def test_the_index_follows_what_is_given(cast, hear):
    agree(cast.di, email=True, phone=True)
    hear()
    assert Way.objects.filter(person=cast.di).count() == 1
    give(cast.di, "phone", "+49 171 2345678")
    hear()
    assert Way.objects.filter(person=cast.di).count() == 2
    Contact.objects.filter(member=cast.di).delete()
    members.agree(cast.di, email=True, phone=True, profile=True)
    hear()
    assert Way.objects.filter(person=cast.di).count() == 1
    User.objects.get(pk=cast.di.user_id).delete()
    assert not Way.objects.exists()
