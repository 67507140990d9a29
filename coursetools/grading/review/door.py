"""Who may come in: only whoever was given an address by the command itself.

Theory of operation. The server listens on the loopback address, which every user and every
program of this computer can reach, and every page of the web through this computer's browser. So
a request must name the very host that was printed (a foreign name that was pointed at 127.0.0.1
does not), and carry a cookie that is had for a secret alone. The secret stands in the address
that the command prints. The browser is started with another one, which opens once: other users
of this computer can see what a program was started with, and who comes second finds it used.
What writes must besides come from one of these pages: the browser says from where (`Origin`,
`Sec-Fetch-Site`), and the page gives back a token that only it was told.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping

_BYTES = 32

HOST = "127.0.0.1"


class Door:
    """The secrets of one run of the server."""

    def __init__(self, port: int) -> None:
        """Make new secrets.

        Args:
            port: Where the server listens.
        """
        self._host = f"{HOST}:{port}"
        self._token = secrets.token_urlsafe(_BYTES)
        self._once: list[str] = []
        self.cookie = f"coursetools-review-{port}"
        """Its name: browsers send a cookie to all ports, and two servers may be running."""
        self.holds = secrets.token_urlsafe(_BYTES)
        """What is in it."""

    @property
    def address(self) -> str:
        """The address to be printed; it opens as often as it is used."""
        return self._with(self._token)

    def address_once(self) -> str:
        """Give an address that opens once, for what others may see."""
        self._once.append(secrets.token_urlsafe(_BYTES))
        return self._with(self._once[-1])

    def opens(self, token: str) -> bool:
        """Say whether a secret from an address lets in; one that opens once is used up then."""
        for known in self._once:
            if _same(token, known):
                self._once.remove(known)
                return True
        return _same(token, self._token)

    def knows(self, shown: str | None) -> bool:
        """Say whether a cookie is the one that this run of the server gave."""
        return shown is not None and _same(shown, self.holds)

    def is_this_host(self, host: str | None) -> bool:
        """Say whether a request meant this server by the name that was printed."""
        return host == self._host

    def comes_from_a_page(self, headers: Mapping[str, str]) -> bool:
        """Say whether a request that writes was sent by a page of this server."""
        site = headers.get("Sec-Fetch-Site", "same-origin")
        return headers.get("Origin") == f"http://{self._host}" and site == "same-origin"

    def _with(self, token: str) -> str:
        return f"http://{self._host}/?token={token}"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())
