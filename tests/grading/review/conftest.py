"""A review that is served in the test's own thread, and somebody who asks it for pages."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from coursetools.grading.gradebook import Gradebook, open_gradebook
from coursetools.grading.order import GRADEBOOK
from coursetools.grading.review import Desk, Door, serving
from grading.review.answered_class import GRADING, class_of_four, graded_into


@dataclass
class Visitor:
    """A browser without a window: keeps cookies, follows nothing by itself."""

    run: Callable[[Coroutine[Any, Any, Any]], Any]
    door: Door
    book: Gradebook
    desk: Desk
    out: Path
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.door.address.partition("/?")[0]

    def ask(self, path: str, headers: dict[str, str] | None = None, **more: Any) -> HTTPResponse:
        """Ask for a page, or for anything else, with the cookies of before."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = ({"Cookie": cookies} if cookies else {}) | (headers or {})
        url = path if path.startswith("http") else self.origin + path

        async def asked() -> HTTPResponse:
            return await AsyncHTTPClient().fetch(
                url, headers=sent, follow_redirects=False, raise_error=False, **more
            )

        answer = self.run(asked())
        for line in answer.headers.get_list("Set-Cookie"):
            self.cookies |= {name: each.value for name, each in SimpleCookie(line).items()}
        return answer

    def page(self, path: str) -> str:
        answer = self.ask(path)
        assert answer.code == 200, answer.body
        return answer.body.decode()

    def key(self, student_id: str, number: str) -> str:
        """Return the key of an answer."""
        (found,) = (
            item.key
            for item in self.desk.items
            if (item.student_id, item.exercise.exercise) == (student_id, number)
        )
        return found

    def mark(
        self,
        key: str,
        points: str,
        comment: str = "",
        *,
        seen: str | None = None,
        body: bytes | None = None,
        without: tuple[str, ...] = (),
        **headers: str,
    ) -> tuple[int, dict[str, Any]]:
        """Send a mark as the page's script does, but for what is left out or said otherwise."""
        page = self.page(f"/answers/{key}")
        said = dict(re.findall(r'data-(seen|token)="([^"]*)"', page))
        sent = {
            "Content-Type": "application/json",
            "Origin": self.origin,
            "X-XSRFToken": said["token"],
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        told = {
            "points": points,
            "comment": comment,
            "seen": said["seen"] if seen is None else seen,
        }
        answer = self.ask(
            f"/answers/{key}/mark",
            {name: value for name, value in sent.items() if name not in without},
            method="POST",
            body=json.dumps(told).encode() if body is None else body,
        )
        kind = answer.headers.get("Content-Type", "")
        return answer.code, json.loads(answer.body) if "json" in kind else {}

    def given(self) -> dict[tuple[str, str], tuple[float, str]]:
        """Return what persons gave, as the gradebook has it."""
        marks = self.book.marks(GRADING.lesson)
        return {place: (mark.points, mark.comment) for place, mark in marks.items()}


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that was graded, to be copied: to make its gradebook takes longer than most tests."""
    folder = tmp_path_factory.mktemp("class") / "graded"
    graded_into(folder, *class_of_four())
    return folder


@pytest.fixture
def out(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "graded"))


@pytest.fixture
def stranger(out: Path) -> Iterator[Visitor]:
    """Somebody who knows where the review is, and nothing else."""
    runner = asyncio.Runner()
    # In a thread of its own: a browser's tests leave a loop running in this one.
    with open_gradebook(out / GRADEBOOK, wait=0.05) as book, ThreadPoolExecutor(1) as thread:

        def run(work: Coroutine[Any, Any, Any]) -> Any:
            return thread.submit(runner.run, work).result()

        desk = Desk(book, out, "mia")
        served = serving(desk)
        door = run(served.__aenter__())
        yield Visitor(run, door, book, desk, out)
        run(served.__aexit__(None, None, None))
        thread.submit(runner.close).result()


@pytest.fixture
def visitor(stranger: Visitor) -> Visitor:
    """Somebody who opened the address that was printed."""
    assert stranger.ask(stranger.door.address).code == 303
    return stranger
