"""Devices: who has them, what reaches them, and what does not."""

import dataclasses
import json
import ssl

import pytest
from django.test import Client
from py_vapid import Vapid02

from collegium.accounts.community import current
from collegium.lib.fetch.tests.server import Server
from collegium.members import actions as members
from collegium.notifications import kinds
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify
from collegium.push import actions, identity, sending, telling
from collegium.push.models import Device, Identity
from collegium.push.sealing import LONGEST, seal
from collegium.push.tests.services import HOST, Browser, answering, service
from collegium.testing.cast import Cast, client_of

pytestmark = pytest.mark.django_db
PAGE = "/settings/devices/"
TOLD = {
    "title": "Kofi wrote to you",
    "body": "Are you there?",
    "url": "/notifications/1/",
    "page": "/messages/1/",
    "tag": "n1",
}


@pytest.fixture
def server(tmp_path, monkeypatch):
    with service(tmp_path) as made:
        trusting = made.policy(context=lambda: ssl.create_default_context(cafile=str(tmp_path / "ca.pem")))
        monkeypatch.setattr(sending, "policy", trusting)
        yield made


def allow(client: Client, browser: Browser, endpoint: str, *, asked: bool = True):
    given = {"endpoint": endpoint, **browser.keys} | ({"asked": "on"} if asked else {})
    return client.post(PAGE, given, headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0"})


def device_of(member, client: Client, server: Server, browser: Browser) -> Device:
    server.answers["/to/1"] = answering(201)
    assert allow(client, browser, server.url("/to/1", HOST, "https")).status_code == 302
    return Device.objects.get(member=member)


def sent(server: Server) -> tuple[dict[str, str], bytes]:
    """The headers and the body of the last thing that came to the service."""
    head, _blank, body = server.asked[-1].partition(b"\r\n\r\n")
    lines = [line.split(": ", 1) for line in head.decode().split("\r\n")[1:]]
    return dict(lines), body


def test_what_is_sent_is_read_by_the_device_alone(cast: Cast, server: Server) -> None:
    browser, client = Browser(), client_of(cast.ada)
    device = device_of(cast.ada, client, server, browser)
    bodies: list[bytes] = []
    server.answers["/to/1"] = answering(201, bodies=bodies)
    assert sending.send([device], TOLD) == 1
    [body] = bodies
    headers, _rest = sent(server)
    assert json.loads(browser.read(body)) == TOLD
    assert b"Kofi" not in server.asked[-1]
    with pytest.raises(Exception, match=r"[Dd]ecryption|tag"):
        Browser().read(body)
    assert headers["Content-Encoding"] == "aes128gcm"
    assert (headers["TTL"], headers["Topic"]) == (str(sending.KEPT), "n1")
    assert Vapid02.verify(headers["Authorization"])
    assert Identity.objects.get().public_key in headers["Authorization"]
    device.refresh_from_db()
    assert device.told_at is not None


def test_all_who_ask_at_once_get_one_identity(db: None) -> None:
    first = identity.identity()
    assert identity.identity().public_key == first.public_key == Identity.objects.get().public_key


@pytest.mark.parametrize(
    ("status", "stays"), [(201, True), (202, True), (404, False), (410, False), (429, True), (500, True)]
)
def test_what_becomes_of_a_device(cast: Cast, server: Server, status: int, stays: bool) -> None:
    device = device_of(cast.ada, client_of(cast.ada), server, Browser())
    server.answers["/to/1"] = answering(status)
    assert sending.send([device], TOLD) == (status < 300)
    assert Device.objects.filter(pk=device.pk).exists() == stays


def test_a_service_that_never_takes_anything_is_forgotten(cast: Cast, server: Server) -> None:
    device = device_of(cast.ada, client_of(cast.ada), server, Browser())
    server.answers["/to/1"] = answering(503)
    for _turn in range(sending.TIRED):
        for each in Device.objects.all():
            sending.send([each], TOLD)
    assert not Device.objects.filter(pk=device.pk).exists()


def test_redirects_lead_nowhere(cast: Cast, server: Server) -> None:
    device = device_of(cast.ada, client_of(cast.ada), server, Browser())
    before = len(server.asked)
    server.answers["/to/1"] = answering(307, "Location: /to/2\r\n")
    assert sending.send([device], TOLD) == 0
    assert len(server.asked) == before + 1


def test_nobody_inside_is_spoken_to(cast: Cast) -> None:
    """With the policy of the product: the name leads to this machine, and nothing is sent."""
    client = client_of(cast.ada)
    for endpoint in ("https://127.0.0.1/to", "https://10.0.0.1/to"):
        assert allow(client, Browser(), endpoint).status_code in (302, 422)
    assert sum(sending.send([each], TOLD) for each in Device.objects.all()) == 0


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://push.example.net/1",
        "https://localhost/1",
        "javascript:alert(1)",
        "https://a@b.example/",
        "https://x.example/" + "a" * 2000,
    ],
)
def test_what_is_no_service_is_refused(cast: Cast, endpoint: str) -> None:
    assert allow(client_of(cast.ada), Browser(), endpoint).status_code == 422
    assert not Device.objects.exists()


@pytest.mark.parametrize(("p256dh", "auth"), [("", ""), ("AAAA", "AAAA"), ("A" * 87, "A" * 22), ("%%%", "é" * 22)])
def test_what_are_no_keys_is_refused(cast: Cast, p256dh: str, auth: str) -> None:
    given = {"endpoint": "https://push.example.net/1", "p256dh": p256dh, "auth": auth, "asked": "on"}
    assert client_of(cast.ada).post(PAGE, given).status_code == 422
    assert not Device.objects.exists()


def test_signing_out_ends_it_and_the_same_browser_says_so_by_itself(cast: Cast, server: Server) -> None:
    browser, client = Browser(), client_of(cast.ada)
    device = device_of(cast.ada, client, server, browser)
    assert sending.living(cast.ada) == [device]
    client.logout()
    assert sending.living(cast.ada) == []
    client.force_login(cast.ada.user)
    assert allow(client, browser, device.endpoint, asked=False).status_code == 302
    assert [row.endpoint for row in sending.living(cast.ada)] == [device.endpoint]


def test_a_suspension_ends_it(cast: Cast, server: Server) -> None:
    device_of(cast.ada, client_of(cast.ada), server, Browser())
    members.suspend(cast.ada, by=None)
    assert sending.living(cast.ada) == []


def test_a_browser_belongs_to_whoever_is_signed_in_there(cast: Cast, server: Server) -> None:
    browser = Browser()
    device = device_of(cast.ada, client_of(cast.ada), server, browser)
    allow(client_of(cast.bo), browser, device.endpoint)
    assert sending.living(cast.ada) == []
    assert [row.pk for row in sending.living(cast.bo)] == [device.pk]


def test_what_was_taken_off_comes_back_only_when_asked_for(cast: Cast, server: Server) -> None:
    browser, client = Browser(), client_of(cast.ada)
    device = device_of(cast.ada, client, server, browser)
    assert client.post(f"{PAGE}{device.pk}/removal/").status_code == 302
    assert sending.living(cast.ada) == []
    assert allow(client, browser, device.endpoint, asked=False).status_code == 410
    assert sending.living(cast.ada) == []
    assert allow(client, browser, device.endpoint).status_code == 302
    assert len(sending.living(cast.ada)) == 1


def test_devices_are_nobody_elses(cast: Cast, server: Server) -> None:
    device = device_of(cast.ada, client_of(cast.ada), server, Browser())
    for name in ("bo", "cy", "di", "flo", "hal"):
        client = client_of(getattr(cast, name))
        assert client.post(f"{PAGE}{device.pk}/removal/").status_code == 404
        assert client.post(f"{PAGE}{device.pk}/trial/").status_code == 404
        assert b"Firefox" not in client.get(PAGE).content
    for each in (client_of(cast.gus), Client()):
        assert each.get(PAGE).status_code == 302
        assert each.post(f"{PAGE}{device.pk}/removal/").status_code == 302
    device.refresh_from_db()
    assert device.dropped_at is None


def test_the_oldest_of_too_many_is_forgotten(cast: Cast) -> None:
    keys = Browser().keys
    for number in range(actions.MOST + 2):
        endpoint = f"https://push.example.net/{number}"
        actions.enrol(cast.ada, session="s", endpoint=endpoint, **keys, name="Firefox", asked=True)
    kept = Device.objects.filter(member=cast.ada).order_by("pk").values_list("endpoint", flat=True)
    assert list(kept) == [f"https://push.example.net/{number}" for number in range(2, actions.MOST + 2)]


def test_a_trial_is_sent_and_seen_to_arrive(cast: Cast, server: Server) -> None:
    client = client_of(cast.ada)
    device = device_of(cast.ada, client, server, Browser())
    before = len(server.asked)
    answer = client.post(f"{PAGE}{device.pk}/trial/", follow=True)
    assert "It appears there in a moment." in answer.content.decode()
    assert len(server.asked) == before + 1


def test_long_words_give_way() -> None:
    browser = Browser()
    words = sending._packed(TOLD | {"body": "ü" * 9000})
    assert len(words) <= LONGEST
    assert json.loads(browser.read(seal(words, **browser.keys)))["title"] == TOLD["title"]
    with pytest.raises(ValueError, match="too many"):
        seal(b"a" * (LONGEST + 1), **browser.keys)


def test_the_application_is_the_same_for_everybody(cast: Cast) -> None:
    for path, kind in (
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/sw.js", "text/javascript; charset=utf-8"),
    ):
        answers = [each.get(path) for each in (Client(), client_of(cast.ada), client_of(cast.gus))]
        assert {answer.content for answer in answers} == {answers[0].content}
        assert answers[0].headers["Content-Type"] == kind
    said = json.loads(Client().get("/manifest.webmanifest").content)
    assert (said["start_url"], said["display"], said["scope"]) == ("/", "standalone", "/")
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    offline = Client().get("/offline/")
    nonce = offline.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'<style nonce="{nonce}">' in offline.content.decode()
    assert "Ada" not in client_of(cast.ada).get("/offline/").content.decode()


def test_asking_twice_makes_one_device(cast: Cast) -> None:
    keys = Browser().keys
    made = [
        actions.enrol(cast.ada, session="s", endpoint="https://p.example/1", **keys, name="F", asked=True)
        for _turn in range(2)
    ]
    assert made[0] is not None
    assert made[0] == made[1]


def test_as_much_is_shown_as_she_chose(cast: Cast, server: Server, monkeypatch) -> None:
    """Who asked to be shown names alone reads none of the words on a locked screen."""
    device_of(cast.ada, client_of(cast.ada), server, Browser())
    actor = cast.bo
    notify([cast.ada.pk], kind="network.connected", actor=actor.pk, cause="test:1", subject=actor.pk)
    told = Notification.objects.get(recipient=cast.ada, cause="test:1")
    loud = dataclasses.replace(kinds.of(told.kind), said=lambda _told: ["Come at six", "and bring Bo"])
    monkeypatch.setattr(kinds, "of", lambda _name: loud)
    assert telling.said(told, "name")["body"] == current().name
    assert telling.said(told, "beginning")["body"] == "Come at six"
    assert telling.said(told, "all")["body"] == "Come at six\nand bring Bo"
    assert "<" not in telling.said(told, "all")["title"]
    assert actor.name in telling.said(told, "all")["title"]


def test_many_things_at_once_are_one_word(cast: Cast, server: Server) -> None:
    device_of(cast.ada, client_of(cast.ada), server, Browser())
    for number in range(telling.APART + 1):
        notify([cast.ada.pk], kind="network.connected", actor=cast.bo.pk, cause=f"test:{number}", subject=cast.bo.pk)
    due = list(Notification.objects.filter(recipient=cast.ada, cause__startswith="test:").select_related("actor"))
    before = len(server.asked)
    telling.tell(cast.ada, due[: telling.APART])
    assert len(server.asked) == before + telling.APART
    telling.tell(cast.ada, due)
    assert len(server.asked) == before + telling.APART + 1
