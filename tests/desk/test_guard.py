"""Nobody but the page that the command's address opened is answered: others get 403, wherever they come from."""

from __future__ import annotations

import http.client
import json

import pytest

from tests.desk.conftest import Seat, seat


@pytest.fixture(scope="module")
def seated(data) -> Seat:
    return seat(data)


def ask(seated: Seat, path: str, method: str = "GET", body: str | None = None, **headers: str):
    con = http.client.HTTPConnection(seated.host, timeout=300)
    con.request(
        method, path, body and body.encode(), {name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = con.getresponse()
    said = answer.read().decode()
    con.close()
    return answer.status, said, dict(answer.getheaders())


@pytest.fixture(scope="module")
def key(seated) -> str:
    status, page, _ = ask(seated, f"/?token={seated.token}")
    assert status == 200
    return page.partition('data-key="')[2].partition('"')[0]


def test_the_token_opens_once_and_a_wrong_one_never(seated, key):
    assert len(key) > 30
    assert ask(seated, f"/?token={seated.token}")[0] == 403
    assert ask(seated, "/?token=guess")[0] == 403
    assert ask(seated, "/?token=")[0] == 403


def test_without_a_token_the_shell_holds_nothing_and_gets_nothing(seated, key):
    status, page, headers = ask(seated, "/")
    assert status == 200
    assert 'data-key=""' in page
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    for path in ("/api/start", "/api/queue", "/api/figure?id=x"):
        assert ask(seated, path)[0] == 403
        assert ask(seated, path, X_Desk_Key="guess")[0] == 403
    assert ask(seated, "/api/start", X_Desk_Key=key)[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "desk.example.org"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_foreign_host_or_origin_is_refused_even_with_the_key(seated, key, headers):
    assert ask(seated, "/api/start", X_Desk_Key=key, **headers)[0] == 403
    assert ask(seated, "/", **headers)[0] == 403


def test_an_answer_needs_the_origin_of_the_page_itself(seated, key):
    body = json.dumps({"who": "甲"})
    assert ask(seated, "/api/undo", "POST", body, X_Desk_Key=key)[0] == 403
    status, said, _ = ask(seated, "/api/undo", "POST", body, X_Desk_Key=key, Origin=f"http://{seated.host}")
    assert status == 422
    assert "nothing to take back" in said


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../desk.py",
        "/assets/%2e%2e/desk.py",
        "/assets/..%2fdesk.py",
        "/assets/..%5cdesk.py",
        "/assets//etc/passwd",
        "/../../etc/passwd",
        "/assets/desk.html",
        "/etc/passwd",
        "/assets/none.js",
    ],
)
def test_a_path_outside_is_refused(seated, key, path):
    status, said, _ = ask(seated, path, X_Desk_Key=key)
    assert status == 403
    assert "root:" not in said


@pytest.mark.parametrize("body", ["", "[]", "[" * 100_000, '{"id": 7}', '{"who": "甲", "id": "x"}', '{"verdict": []}'])
def test_a_senseless_answer_is_refused_in_a_sentence(seated, key, body):
    status, said, _ = ask(seated, "/api/answer", "POST", body, X_Desk_Key=key, Origin=f"http://{seated.host}")
    assert status == 422
    assert json.loads(said)["error"]


def test_what_is_too_long_or_of_untold_length_is_refused(seated, key):
    own = {"X_Desk_Key": key, "Origin": f"http://{seated.host}"}
    assert ask(seated, "/api/answer", "POST", "", Content_Length="99999999999", **own)[0] == 403
    assert ask(seated, "/api/answer", "POST", "0\r\n\r\n", Transfer_Encoding="chunked", **own)[0] == 403
