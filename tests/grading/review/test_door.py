"""Only whoever was given the address comes in, and only its pages write."""

from __future__ import annotations

import socket

import pytest

from grading.review.conftest import Visitor

WHERE = ("/", "/answers/{key}", "/answers/{key}/all", "/review.js", "/review.css", "/nowhere")


def ways(visitor: Visitor) -> list[str]:
    return [path.format(key=visitor.key("ada", "3.5")) for path in WHERE]


def test_nothing_is_shown_without_the_address(stranger: Visitor) -> None:
    stranger.cookies[stranger.door.cookie] = "guessed"
    for path in [*ways(stranger), "/?token=", "/?token=guessed", "/?token=%ff"]:
        answer = stranger.ask(path)
        assert answer.code in (400, 403), path
        assert b"3.5" not in answer.body
        assert "Set-Cookie" not in answer.headers


def test_the_secret_is_exchanged_for_a_cookie_that_scripts_and_other_sites_do_not_get(
    stranger: Visitor,
) -> None:
    answer = stranger.ask(stranger.door.address)
    assert (answer.code, answer.headers["Location"]) == (303, "/")
    (cookie,) = answer.headers.get_list("Set-Cookie")
    assert {"httponly", "samesite=strict", "path=/"} <= set(cookie.lower().split("; "))
    assert stranger.door.address.partition("=")[2] not in cookie
    assert [stranger.ask(path).code for path in ways(stranger)] == [200] * 5 + [404]


def test_an_address_that_others_may_have_seen_opens_once(stranger: Visitor) -> None:
    once = stranger.door.address_once()
    codes = []
    for address in (once, once, stranger.door.address, stranger.door.address):
        stranger.cookies.clear()
        codes.append(stranger.ask(address).code)
    assert codes == [303, 403, 303, 303]


@pytest.mark.parametrize("host", ["example.org", "localhost", "127.0.0.1", "127.0.0.1.:{port}"])
def test_a_foreign_name_for_this_computer_is_refused(visitor: Visitor, host: str) -> None:
    port = visitor.origin.rpartition(":")[2]
    named = {"Host": host.format(port=port)}
    for path in ways(visitor):
        assert visitor.ask(path, named).code == 403, path
    assert visitor.ask(visitor.door.address, named).code == 403
    code, _ = visitor.mark(visitor.key("ada", "3.5"), "1", **named)
    assert (code, visitor.given()) == (403, {})


def test_it_listens_on_the_loopback_address_alone(stranger: Visitor) -> None:
    port = int(stranger.origin.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), 1):
        pass
    with pytest.raises(OSError, match="refused"):  # whoever listens everywhere answers here too
        socket.create_connection(("127.0.0.2", port), 1)


FOREIGN = {
    "no origin": {"without": ("Origin",)},
    "no page of ours": {"Origin": "http://example.org"},
    "another port": {"Origin": "http://127.0.0.1:1"},
    "nobody": {"Origin": "null"},
    "another site, says the browser": {"Sec_Fetch_Site": "cross-site"},
    "another port, says the browser": {"Sec_Fetch_Site": "same-site"},
    "no token": {"without": ("X-XSRFToken",)},
    "a guessed token": {"X_XSRFToken": "guessed"},
    "a form": {"Content_Type": "application/x-www-form-urlencoded"},
    "plain text": {"Content_Type": "text/plain"},
}


@pytest.mark.parametrize("how", FOREIGN)
def test_what_no_page_of_this_server_sent_writes_nothing(visitor: Visitor, how: str) -> None:
    code, _ = visitor.mark(visitor.key("ada", "3.5"), "2", **FOREIGN[how])  # type: ignore[arg-type]
    assert code in (403, 415)
    assert visitor.given() == {}


def test_a_token_without_the_cookie_writes_nothing(visitor: Visitor) -> None:
    key = visitor.key("ada", "3.5")
    visitor.page(f"/answers/{key}")
    other = f"{visitor.door.cookie}-xsrf={visitor.cookies[visitor.door.cookie + '-xsrf']}"
    code, _ = visitor.mark(key, "2", Cookie=other)
    assert (code, visitor.given()) == (403, {})


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(visitor: Visitor, method: str) -> None:
    body = b"{}" if method in ("POST", "PUT", "PATCH") else None
    answer = visitor.ask("/", {"Origin": visitor.origin}, method=method, body=body)
    assert answer.code in (403, 405)


def test_what_is_too_large_is_refused(visitor: Visitor) -> None:
    key = visitor.key("ada", "3.5")
    codes = []
    for more in (
        {"method": "POST", "body": b"x" * 100_000},
        {"headers": {"X-Long": "x" * 100_000}},
    ):
        try:
            codes.append(visitor.ask(f"/answers/{key}/mark", **more).code)
        except OSError:  # the server hung up while it was being sent
            codes.append(0)
    assert not {200, 403} & set(codes)  # so nobody looked at it
    assert visitor.given() == {}
    assert visitor.mark(key, "1")[0] == 200  # and it goes on


def test_every_answer_forbids_what_pages_do_not_need(visitor: Visitor) -> None:
    for path in [*ways(visitor), "/answers/0123456789abcdef"]:
        headers = visitor.ask(path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Server" not in headers
