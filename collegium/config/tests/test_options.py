"""Environment over file over default; what cannot be understood is one sentence."""

import pytest

from collegium.config import options as module


@pytest.fixture
def read(tmp_path, monkeypatch):
    def reader(toml="", **environment):
        (tmp_path / "collegium.toml").write_text(toml)
        monkeypatch.setenv("COLLEGIUM_DATA", str(tmp_path))
        monkeypatch.delenv("DATABASE_URL", raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return module._read()

    return reader


def test_the_environment_comes_before_the_file_and_the_file_before_the_default(read):
    options = read('port = 9000\nhost = "::1"\nhosts = ["a.example"]', COLLEGIUM_PORT="9001")
    assert (options.port, options.host, options.web_workers) == (9001, "::1", 2)
    assert options.allowed_hosts[:1] == ["a.example"]


def test_lists_and_flags_of_the_environment(read):
    options = read(COLLEGIUM_TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8", COLLEGIUM_SMTP_TLS="0")
    assert (options.trusted_proxies, options.smtp_tls) == (["127.0.0.1", "10.0.0.0/8"], False)


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("porto = 1", "unknown setting 'porto'"),
        ('port = "many"', "port cannot be 'many'"),
        ("debug = 'perhaps'", "debug cannot be 'perhaps'"),
        ("port = = 1", "cannot be read"),
    ],
)
def test_what_cannot_be_understood_is_one_sentence(read, toml, sentence):
    with pytest.raises(SystemExit, match=sentence) as refused:
        read(toml)
    assert "\n" not in str(refused.value)


def test_the_key_is_made_once_and_is_private(read, tmp_path):
    first, second = read().secret_key, read().secret_key
    assert first == second
    assert len(first) > 50
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


def test_the_address_of_a_database(read):
    database = read(DATABASE_URL="postgresql://me:p%40ss@db.example:5433/people").database
    assert (database["USER"], database["PASSWORD"], database["HOST"], database["PORT"], database["NAME"]) == (
        "me",
        "p@ss",
        "db.example",
        "5433",
        "people",
    )
    assert read(DATABASE_URL="postgresql://c@/c?host=%2Frun%2Fa%20b").database["HOST"] == "/run/a b"


def test_a_resolver_is_an_address_with_or_without_a_port(read):
    assert read().nameserver is None
    assert read(COLLEGIUM_RESOLVER="192.0.2.53").nameserver == ("192.0.2.53", 53)
    assert read(COLLEGIUM_RESOLVER="192.0.2.53:5353").nameserver == ("192.0.2.53", 5353)
    assert read(COLLEGIUM_RESOLVER="2001:db8::53").nameserver == ("2001:db8::53", 53)
    assert read(COLLEGIUM_RESOLVER="[2001:db8::53]:5353").nameserver == ("2001:db8::53", 5353)
    for wrong in ("dns.example.org", "192.0.2.53:far", "192.0.2.53:99999", ":53"):
        with pytest.raises(module.BadOption):
            _ = read(COLLEGIUM_RESOLVER=wrong).nameserver
