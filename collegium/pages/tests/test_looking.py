"""Looking at a domain: what counts as shown, and resolvers and websites that mean no good."""

import contextlib
import socket
import threading

import dns.flags
import dns.message
import dns.rdatatype
import dns.resolver
import dns.rrset
import pytest

from collegium.lib.fetch import PUBLIC, Fetched, RefusedError
from collegium.lib.fetch import fetch as really
from collegium.pages.proving import looking, names
from collegium.pages.proving.names import NoAnswerError

TOKEN = "0123456789abcdef0123456789abcdef"


def zone(*texts):
    return lambda name, seconds: list(texts)


def website(body, url="https://dams.example/.well-known/collegium-challenge"):
    return lambda *asked, **how: Fetched(url, "text/plain", "", body)


def refusing(reason):
    def refuse(*asked, **how):
        raise RefusedError(reason)

    return refuse


@pytest.mark.parametrize(
    ("texts", "way", "dns_said"),
    [
        ([TOKEN], "dns", "found"),
        (["v=spf1 -all", f" {TOKEN} "], "dns", "found"),
        ([], "", "none"),
        ([TOKEN[:-1]], "", "other"),
        ([f"{TOKEN}0"], "", "other"),
        ([TOKEN.upper()], "", "other"),
        ([f"collegium={TOKEN}"], "", "other"),
        (["\ufffd" * 100], "", "other"),
        (["x" * 100_000], "", "other"),
    ],
)
def test_the_text_in_the_zone(monkeypatch, texts, way, dns_said):
    monkeypatch.setattr(looking, "texts", zone(*texts))
    assert looking.look("dams.example", TOKEN)[:2] == (way, dns_said)


def test_the_name_that_is_asked(monkeypatch):
    asked = []
    monkeypatch.setattr(looking, "texts", lambda name, seconds: asked.append(name) or [])
    looking.look("dams.example", TOKEN)
    assert asked == ["_collegium-challenge.dams.example"]


@pytest.mark.parametrize(
    ("fetched", "way", "said"),
    [
        (website(TOKEN.encode()), "file", "found"),
        (website(f"\n{TOKEN}\r\n".encode()), "file", "found"),
        (website(TOKEN.encode(), "https://www.dams.example/elsewhere"), "file", "found"),
        (website(TOKEN.encode(), "https://evil.example/"), "", "elsewhere"),
        (website(TOKEN.encode(), "https://dams.example.evil.example/"), "", "elsewhere"),
        (website(TOKEN.encode(), "https://notdams.example/"), "", "elsewhere"),
        (website(TOKEN.encode(), "http://dams.example/"), "", "elsewhere"),
        (website(b"<html>" + TOKEN.encode()), "", "other"),
        (website(b""), "", "other"),
        (website(b"\xff" * 4096), "", "other"),
        (refusing("private"), "", "private"),
        (refusing("slow"), "", "slow"),
        (refusing("large"), "", "large"),
        (refusing("tls"), "", "tls"),
    ],
)
def test_the_file_on_the_website(monkeypatch, fetched, way, said):
    monkeypatch.setattr(looking, "fetch", fetched)
    seen = looking.look("dams.example", TOKEN)
    assert (seen.way, seen.file) == (way, said)


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"])
def test_a_domain_that_leads_inside_is_not_spoken_to(monkeypatch, inside):
    monkeypatch.setattr(looking, "fetch", really)
    assert looking.policy is PUBLIC
    monkeypatch.setattr(looking, "policy", PUBLIC.__class__(resolver=lambda *asked: [inside]))
    assert looking.look("dams.example", TOKEN).file == "private"


def test_silence_is_no_proof(monkeypatch):
    def silent(name, seconds):
        raise NoAnswerError

    monkeypatch.setattr(looking, "texts", silent)
    assert looking.look("dams.example", TOKEN) == ("", "silent", "name")


class NameServer:
    """One on this machine, which answers as badly as it is told to."""

    def __init__(self, answer):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port, self._answer = self._socket.getsockname()[1], answer
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                asked, whom = self._socket.recvfrom(4096)
                for each in self._answer(dns.message.from_wire(asked)):
                    self._socket.sendto(each, whom)
            except OSError:
                return

    def close(self):
        self._socket.close()


@pytest.fixture
def asking():
    """Ask a name server that answers so."""
    servers = []

    def ask(answer, seconds=2.0):
        server = NameServer(answer)
        servers.append(server)
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], server.port
        return names.read(resolver, "_collegium-challenge.dams.example", seconds)

    yield ask
    for server in servers:
        server.close()


def answered(asked, *sets):
    made = dns.message.make_response(asked)
    made.flags |= dns.flags.RA
    made.answer += sets
    return [made.to_wire(max_size=65535)]


def texts(asked, *strings):
    return dns.rrset.from_text_list(asked.question[0].name, 60, "IN", "TXT", [f'"{each}"' for each in strings])


def test_a_name_server_that_means_well(asking):
    assert list(asking(lambda asked: answered(asked, texts(asked, TOKEN)))) == [TOKEN]


def test_a_name_behind_another(asking):
    def alias(asked):
        here = asked.question[0].name
        there = dns.rrset.from_text(here, 60, "IN", "CNAME", "there.example.")
        return answered(asked, there, dns.rrset.from_text("there.example.", 60, "IN", "TXT", f'"{TOKEN}"'))

    assert list(asking(alias)) == [TOKEN]


def test_names_that_lead_to_each_other_end(asking):
    def loop(asked):
        here = asked.question[0].name
        return answered(
            asked,
            dns.rrset.from_text(here, 60, "IN", "CNAME", "there.example."),
            dns.rrset.from_text("there.example.", 60, "IN", "CNAME", str(here)),
        )

    with pytest.raises(NoAnswerError):
        asking(loop, 1.0)


def test_a_chain_without_end_ends(asking):
    def chain(asked):
        here = str(asked.question[0].name)
        sets = [dns.rrset.from_text(here, 60, "IN", "CNAME", "n0.example.")]
        sets += [dns.rrset.from_text(f"n{n}.example.", 60, "IN", "CNAME", f"n{n + 1}.example.") for n in range(200)]
        return answered(asked, *sets)

    with pytest.raises(NoAnswerError):
        asking(chain, 1.0)


def test_very_many_texts_are_cut(asking):
    got = asking(lambda asked: answered(asked, texts(asked, *(f"{n:03}" + "x" * 200 for n in range(150)))))
    assert len(got) == names.MOST_TEXTS
    assert all(len(text) <= names.MOST_LETTERS for text in got)


def test_a_very_long_text_is_cut(asking):
    def long(asked):
        row = " ".join(['"' + "y" * 255 + '"'] * 100)
        return answered(asked, dns.rrset.from_text(asked.question[0].name, 60, "IN", "TXT", row))

    assert [len(text) for text in asking(long)] == [names.MOST_LETTERS]


@pytest.mark.parametrize(
    "answer",
    [
        lambda asked: [],
        lambda asked: [b"\x00" * 5],
        lambda asked: [b"\xff" * 60_000],
        lambda asked: [asked.to_wire()],
        lambda asked: [dns.message.make_response(dns.message.make_query("else.example", "TXT")).to_wire()] * 20,
    ],
    ids=["nothing", "too short", "noise", "the question", "of another name"],
)
def test_what_is_no_answer_is_none_in_time(asking, answer):
    with contextlib.suppress(NoAnswerError):
        assert list(asking(answer, 0.5)) == []


def test_no_such_name_is_no_text(asking):
    def missing(asked):
        made = dns.message.make_response(asked)
        made.set_rcode(3)
        return [made.to_wire()]

    assert list(asking(missing)) == []


def test_a_machine_without_resolver_has_no_answer(monkeypatch):
    def none(*args, **kwargs):
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver, "Resolver", none)
    with pytest.raises(NoAnswerError):
        names.texts("dams.example", 0.1)
