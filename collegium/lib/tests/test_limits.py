"""Token buckets: the last token is given once, time fills them, nobody slips past by another address."""

import threading
import time
from types import SimpleNamespace

import pytest
from django.db import connection, connections
from django.http import HttpResponse
from django.test import RequestFactory

from collegium.lib import limits
from collegium.lib.limits import TooMany, charge, client_address, limit, parse, spend, sweep
from collegium.lib.limits_middleware import LimitsMiddleware


def later(key: str, seconds: float) -> None:
    """Let time pass for one bucket."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE lib_bucket SET at = at - make_interval(secs => %s), full_at = full_at - make_interval(secs => %s)"
            " WHERE key = %s",
            [seconds, seconds, key],
        )


@pytest.mark.django_db
def test_a_bucket_gives_its_tokens_then_says_how_long_to_wait():
    given = [spend("a", capacity=3, refill_per_second=0.1) for _ in range(3)]
    assert given == [0, 0, 0]
    assert spend("a", capacity=3, refill_per_second=0.1) == pytest.approx(10, abs=0.5)
    assert spend("b", capacity=3, refill_per_second=0.1) == 0


@pytest.mark.django_db
def test_time_fills_a_bucket_but_not_beyond_its_capacity():
    for _ in range(3):
        spend("a", capacity=3, refill_per_second=0.1)
    later("a", 11)
    assert spend("a", capacity=3, refill_per_second=0.1) == 0
    assert spend("a", capacity=3, refill_per_second=0.1) > 0
    later("a", 10_000)
    assert [spend("a", capacity=3, refill_per_second=0.1) == 0 for _ in range(4)] == [True, True, True, False]


@pytest.mark.django_db
def test_being_refused_costs_nothing():
    spend("a", capacity=1, refill_per_second=0.1)
    for _ in range(5):
        assert spend("a", capacity=1, refill_per_second=0.1) == pytest.approx(10, abs=0.5)


@pytest.mark.django_db
def test_a_dear_act_takes_more_and_waits_longer():
    assert spend("a", capacity=10, refill_per_second=1, cost=8) == 0
    assert spend("a", capacity=10, refill_per_second=1, cost=8) == pytest.approx(6, abs=0.5)
    assert spend("a", capacity=10, refill_per_second=1, cost=2) == 0


@pytest.mark.django_db
def test_an_edited_limit_holds_at_once():
    spend("a", capacity=100, refill_per_second=1)
    assert spend("a", capacity=2, refill_per_second=1) == 0
    assert spend("a", capacity=2, refill_per_second=1) == 0
    assert spend("a", capacity=2, refill_per_second=1) > 0


@pytest.mark.parametrize(("cost", "capacity", "rate"), [(0, 1, 1), (2, 1, 1), (1, 1, 0), (-1, 5, 1)])
def test_impossible_requests_are_errors(cost, capacity, rate):
    with pytest.raises(ValueError, match="bucket"):
        spend("a", capacity=capacity, refill_per_second=rate, cost=cost)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 5000, "ada\x00@example.org", "ада@пример", "\ud800", "a\nb", ""])
def test_any_key_can_be_asked_for(key):
    assert spend(key, capacity=1, refill_per_second=0.01) == 0
    assert spend(key, capacity=1, refill_per_second=0.01) > 0


@pytest.mark.django_db
def test_one_statement_decides(django_assert_num_queries):
    with django_assert_num_queries(1):
        spend("a", capacity=3, refill_per_second=1)


@pytest.mark.django_db
def test_the_sweep_takes_only_full_buckets():
    spend("old", capacity=1, refill_per_second=1)
    spend("new", capacity=1, refill_per_second=0.001)
    later("old", 60)
    assert sweep() == 1
    assert spend("new", capacity=1, refill_per_second=0.001) > 0
    assert spend("old", capacity=1, refill_per_second=1) == 0


@pytest.mark.django_db
def test_the_table_is_unlogged():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'lib_bucket'")
        assert cursor.fetchone() == ("u",)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("left", [0, 1, 5])
def test_threads_racing_for_the_last_tokens_get_no_more_than_there_are(left):
    key, capacity = f"race-{left}", 20
    for _ in range(capacity - left):
        assert spend(key, capacity=capacity, refill_per_second=1e-6) == 0
    gate, given = threading.Barrier(8), []

    def racer() -> None:
        try:
            gate.wait()
            given.extend(spend(key, capacity=capacity, refill_per_second=1e-6) == 0 for _ in range(3))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=racer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 24
    assert sum(given) == left


@pytest.mark.django_db(transaction=True)
def test_threads_racing_for_a_bucket_that_does_not_exist_yet():
    gate, given = threading.Barrier(8), []

    def racer() -> None:
        try:
            gate.wait()
            given.append(spend("fresh", capacity=3, refill_per_second=1e-6) == 0)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=racer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(given) == 3


@pytest.mark.parametrize(
    ("rate", "capacity", "per_second"),
    [("20/h", 20, 20 / 3600), ("5/10m", 5, 5 / 600), ("100/7d", 100, 100 / 604800), ("1/s", 1, 1)],
)
def test_rates_are_read(rate, capacity, per_second):
    assert parse(rate) == (capacity, pytest.approx(per_second))


@pytest.mark.parametrize("rate", ["", "20", "0/h", "h/20", "20/y", "-1/h", "1.5/h", "20/h "])
def test_other_rates_are_errors(rate):
    with pytest.raises(ValueError, match="rate"):
        parse(rate)


def ask(method: str = "POST", member: int = 0, **meta: str):
    """A request as a limited view gets it."""
    request = RequestFactory().generic(method, "/", **meta)
    request.viewer = SimpleNamespace(id=member)
    return request


@limit("test.write", "2/h")
def write(request):
    return HttpResponse("done")


@limit("test.read", "2/h", reads=True)
def read(request):
    return HttpResponse("done")


@pytest.mark.django_db
def test_a_view_answers_until_its_limit_and_reading_it_is_free():
    for _ in range(5):
        assert write(ask("GET")).status_code == 200
    assert [write(ask()).status_code for _ in range(2)] == [200, 200]
    with pytest.raises(TooMany) as refused:
        write(ask())
    assert refused.value.wait == pytest.approx(1800, abs=5)
    assert write(ask("GET")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "FROBNICATE"])
def test_another_method_is_no_way_around(method):
    write(ask())
    write(ask())
    with pytest.raises(TooMany):
        write(ask(method))


@pytest.mark.django_db
def test_a_limit_on_reading_counts_reading():
    read(ask("GET"))
    read(ask("HEAD"))
    with pytest.raises(TooMany):
        read(ask("GET"))


@pytest.mark.django_db
def test_a_member_has_one_bucket_wherever_she_is_and_shares_it_with_nobody():
    write(ask(member=7, REMOTE_ADDR="192.0.2.1"))
    write(ask(member=7, REMOTE_ADDR="192.0.2.2"))
    with pytest.raises(TooMany):
        write(ask(member=7, REMOTE_ADDR="192.0.2.3"))
    assert write(ask(member=8, REMOTE_ADDR="192.0.2.3")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "", "nonsense"])
def test_nobody_is_exempt_not_even_the_machine_itself(address):
    write(ask(REMOTE_ADDR=address))
    write(ask(REMOTE_ADDR=address))
    with pytest.raises(TooMany):
        write(ask(REMOTE_ADDR=address))


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "found"),
    [
        ("192.0.2.9", "", [], "192.0.2.9"),
        ("192.0.2.9", "198.51.100.1", [], "192.0.2.9"),  # whoever writes the header is not believed
        ("127.0.0.1", "198.51.100.1", [], "127.0.0.1"),
        ("10.0.0.2", "198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"),
        ("10.0.0.2", "203.0.113.5, 198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"),  # the first part is the client's own
        ("10.0.0.2", "203.0.113.5, 198.51.100.1, 10.0.0.7", ["10.0.0.0/8"], "198.51.100.1"),
        ("10.0.0.2", "", ["10.0.0.0/8"], "10.0.0.2"),
        ("10.0.0.2", "nonsense", ["10.0.0.0/8"], "10.0.0.2"),
        ("10.0.0.2", "198.51.100.1:4711", ["10.0.0.2"], "198.51.100.1"),
        ("::ffff:10.0.0.2", "198.51.100.1", ["10.0.0.2"], "198.51.100.1"),
        ("10.0.0.2", "[2001:db8:1:2:3:4:5:6]:443", ["10.0.0.2"], "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "", [], "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "", [], "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "", [], "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "", [], "fe80::/64"),
        ("::ffff:192.0.2.9", "", [], "192.0.2.9"),
        ("", "198.51.100.1", [], "unknown"),
        ("10.0.0.2", ",".join(["10.0.0.3"] * 500), ["10.0.0.0/8"], "10.0.0.3"),
    ],
)
def test_where_a_request_comes_from(remote, forwarded, trusted, found, settings):
    settings.TRUSTED_PROXIES = trusted
    meta = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_address(ask(REMOTE_ADDR=remote, **meta)) == found


@pytest.mark.django_db
def test_code_that_is_no_view_can_be_limited_too():
    charge("test", "ada", "5/h", cost=5)
    with pytest.raises(TooMany):
        charge("test", "ada", "5/h")


def too_many(request, wait):
    """A page for the middleware to call."""
    return HttpResponse(f"page {wait}")


@pytest.mark.parametrize(("handler", "body"), [("page", b"page 13"), (None, b"13 seconds")])
def test_the_answer_is_429_with_the_wait(handler, body, settings, monkeypatch):
    settings.TOO_MANY_HANDLER = handler and "collegium.lib.limits_middleware.page_for_test"
    monkeypatch.setattr("collegium.lib.limits_middleware.page_for_test", too_many, raising=False)
    middleware = LimitsMiddleware(lambda request: HttpResponse())
    assert middleware(ask()).status_code == 200
    assert middleware.process_exception(ask(), ValueError()) is None
    response = middleware.process_exception(ask(), TooMany(12.2))
    assert (response.status_code, response["Retry-After"]) == (429, "13")
    assert response["Cache-Control"] == "no-store"
    assert body in response.content


@pytest.mark.django_db
def test_a_refill_is_real_time():
    assert spend("clock", capacity=1, refill_per_second=20) == 0
    assert 0 < spend("clock", capacity=1, refill_per_second=20) <= 0.05
    time.sleep(0.06)
    assert spend("clock", capacity=1, refill_per_second=20) == 0
    assert limits.seconds(0.01) == 1
