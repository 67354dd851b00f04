"""One line a request, with everything an operator needs and nothing a member wrote."""

import pytest
import structlog
from structlog.testing import capture_logs

from collegium.lib.serving.log import RequestLog, answer
from collegium.testing.looping import run


async def ask(app, path="/in/ada/", query=b"q=secret"):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": []}
    await RequestLog(app)(scope, None, send)
    return sent


async def fine(scope, receive, send):
    scope["state"]["member"] = 42
    await answer(send, 200, b"a body")


def lines_of(app, path="/in/ada/"):
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        sent = run(ask(app, path))
    return lines, sent


def test_the_line_and_the_answer_carry_the_same_id():
    lines, sent = lines_of(fine)
    line = lines[-1]
    assert {name: line[name] for name in ("method", "path", "status", "member")} == {
        "method": "GET",
        "path": "/in/ada/",
        "status": 200,
        "member": 42,
    }
    assert dict(sent[0]["headers"])[b"x-request-id"].decode() == line["request_id"]
    assert "secret" not in str(lines)
    assert "a body" not in str(lines)


@pytest.mark.parametrize("path", ["/welcome/h8Tq0e5mXh0t3aR1vZyQ7wLk9PzB2c4d/", "/claim/" + "x" * 300])
def test_a_link_that_opens_a_door_is_not_kept(path):
    lines, _ = lines_of(fine, path)
    assert path.split("/")[2] not in str(lines)
    assert path.split("/")[1] in str(lines)


def test_a_failure_is_answered_and_told():
    async def broken(scope, receive, send):
        raise ValueError

    lines, sent = lines_of(broken)
    assert sent[0]["status"] == 500
    assert [line["event"] for line in lines] == ["request failed", "request"]
    assert lines[-1]["status"] == 500
