"""What the server answers to each address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tornado.web import Application, HTTPError, RequestHandler

from coursetools.grading.feedback.style import POLICY
from coursetools.grading.gradebook import GradebookError, PointsError
from coursetools.grading.review.desk import Desk, UnknownAnswerError
from coursetools.grading.review.door import Door
from coursetools.grading.review.items import Item
from coursetools.grading.review.marks import NoMarkError, mark_sum, saved_sentence, sent
from coursetools.grading.review.pages import asset, filled, students_page
from coursetools.grading.review.views import Around, answer_page, list_view
from coursetools.grading.written import NothingShownError

_OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Script and style from this server alone, pictures within the page alone, nothing else."""

_HEADERS = {
    "Content-Security-Policy": _OWN,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_NOT_HERE = "Open the address that `coursetools review` printed; no other lets you in."
_GONE = "This answer waits for nobody any more; it may be that the class was graded again."
_NOTHING = "There is no such page here."
_OURS = (
    "Something failed in coursetools itself. What was saved is saved; the terminal in which "
    "`coursetools review` runs says more."
)
_LONGEST = 4_000
"""Characters of a comment that fit into the field; the gradebook refuses more in any case."""


def application(desk: Desk, door: Door) -> Application:
    """Give the server's application."""
    at_hand: dict[str, Any] = {"desk": desk, "door": door}
    key = r"/answers/([0-9a-f]{16})"
    return Application(
        [
            (r"/", _List, at_hand),
            (key, _Answer, at_hand),
            (key + r"/mark", _Mark, at_hand),
            (key + r"/all", _All, at_hand),
            (r"/(review\.(?:js|css))", _Asset, at_hand),
        ],
        default_handler_class=_Nothing,
        default_handler_args=at_hand,
        log_function=lambda _: None,  # addresses hold the secret
        xsrf_cookies=True,
        xsrf_cookie_name=f"{door.cookie}-xsrf",
        xsrf_cookie_kwargs={"httponly": True, "samesite": "Strict"},
    )


class _RefusedError(HTTPError):
    """A request that gets a sentence in place of a page."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(status)
        self.sentence = sentence


_SAID = (HTTPError, UnknownAnswerError, PointsError, NoMarkError, GradebookError, NothingShownError)
"""What a page says in whole."""


class _Handler(RequestHandler):
    """What all addresses have in common: who may come in, and how it is said that one may not."""

    def initialize(self, desk: Desk, door: Door) -> None:
        self.desk = desk
        self.door = door

    def set_default_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")

    def check_xsrf_cookie(self) -> None:
        """Refuse what writes and comes from elsewhere; this runs before anything else does."""
        if not self.door.comes_from_a_page(self.request.headers):
            raise _RefusedError(403, _NOT_HERE)
        super().check_xsrf_cookie()

    def prepare(self) -> None:
        if not self.door.is_this_host(self.request.headers.get("Host")):
            raise _RefusedError(403, _NOT_HERE)
        if not self.door.knows(self.get_cookie(self.door.cookie)):
            self._let_in()

    def _let_in(self) -> None:
        """Give the cookie for the secret, and take the secret out of the address."""
        reading = self.request.method == "GET"
        if not reading or not self.door.opens(self.get_query_argument("token", "")):
            raise _RefusedError(403, _NOT_HERE)
        name, value = self.door.cookie, self.door.holds
        self.set_cookie(name, value, path="/", httponly=True, samesite="Strict")
        self.redirect("/", status=303)

    @property
    def around(self) -> Around:
        """How one goes through the answers, as the address says."""
        only = self.get_query_argument("only", "")
        known = {item.exercise.exercise for item in self.desk.items}
        return Around(only if only in known else "", self.get_query_argument("names", "") == "1")

    def log_exception(self, *error: Any) -> None:
        """Keep quiet about what the page says; what is our fault goes to the terminal."""
        if not isinstance(error[1], _SAID):
            super().log_exception(*error)

    def write_error(self, status_code: int, **more: Any) -> None:
        """Say what is wrong on a page that needs nothing."""
        status, sentence = _told(status_code, more.get("exc_info", (None, None))[1])
        self.set_status(status)
        self.finish(filled("refused.html", sentence=sentence, back=status != 403))


class _List(_Handler):
    def get(self) -> None:
        if self.get_query_argument("token", ""):  # the cookie is there already
            self.redirect("/", status=303)
            return
        self.desk.refresh()
        around = Around(names=self.around.names)
        self.finish(
            filled(
                "list.html",
                view=list_view(self.desk.items, self.desk.files, around),
                unsure_when=self.desk.unsure_when,
                title=self.desk.title,
                around=around,
                names_address=around.address("/", names=not around.names),
            )
        )


class _Answer(_Handler):
    def get(self, key: str) -> None:
        grade = self.desk.grade(key)
        item, around = self.desk.item(key), self.around
        number = item.exercise.exercise
        same = [each for each in self.desk.items if each.exercise.exercise == number]
        through = same if around.only else self.desk.items
        here = f"/answers/{key}"
        self.finish(
            filled(
                "answer.html",
                view=answer_page(item, grade, self.desk.lesson, len(same), around),
                around=around,
                seen=mark_sum(item.exercise.person),
                token=self.xsrf_token.decode(),
                longest=_LONGEST,
                save_address=around.address(f"{here}/mark"),
                list_address=around.address("/", only=""),
                all_address=around.address(here, only=""),
                only_address=around.address(here, only=number),
                names_address=around.address(here, names=not around.names),
                **_ways(item, through, around),
                **_counts(through),
            )
        )


class _All(_Handler):
    def get(self, key: str) -> None:
        """Show the page that the student gets; it brings its own style and policy."""
        self.set_header("Content-Security-Policy", f"{POLICY}; frame-ancestors 'none'")
        self.finish(students_page(self.desk.grade(key), self.desk.title))


class _Mark(_Handler):
    def post(self, key: str) -> None:
        if self.request.headers.get("Content-Type", "").partition(";")[0] != "application/json":
            raise _RefusedError(415, "A mark is sent as JSON.")
        saved = self.desk.give(key, sent(self.request.body))
        only = self.around.only
        through = [i for i in self.desk.items if only in ("", i.exercise.exercise)]
        self.finish(
            {
                "sentence": saved_sentence(saved.now, saved.before, saved.changed),
                "seen": mark_sum(saved.now),
                **_counts(through),
            }
        )

    def write_error(self, status_code: int, **more: Any) -> None:
        """Say it to the page's script; `again` if saving may work later as it is."""
        status, sentence = _told(status_code, more.get("exc_info", (None, None))[1])
        self.set_status(status)
        self.finish({"sentence": sentence, "again": status == 503})


class _Asset(_Handler):
    def get(self, name: str) -> None:
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.finish(asset(name))


class _Nothing(_Handler):
    def prepare(self) -> None:
        super().prepare()
        if not self._finished:
            raise _RefusedError(404, _NOTHING)


def _told(status: int, error: BaseException | None) -> tuple[int, str]:
    """Give the status of an answer and its sentence, for what went wrong."""
    match error:
        case _RefusedError():
            return error.status_code, error.sentence
        case UnknownAnswerError():
            return 404, _GONE
        case PointsError() | NoMarkError():
            return 400, str(error)
        case GradebookError() | NothingShownError():
            return 503, str(error)
        case HTTPError():  # of tornado's own
            return error.status_code, _NOT_HERE if error.status_code == 403 else _NOTHING
    return status, _OURS


def _ways(item: Item, through: Sequence[Item], around: Around) -> dict[str, Any]:
    """Give the addresses of the answers before and after one."""
    keys = [each.key for each in through]
    place = keys.index(item.key)
    rest = [*through[place + 1 :], *through[:place]]
    left = [each.key for each in rest if not each.done and each.can_be_marked]
    to_list = around.address("/", only="")

    def of(at: int) -> str:
        return around.address(f"/answers/{keys[at]}") if 0 <= at < len(keys) else to_list

    return {
        "previous": of(place - 1),
        "next": of(place + 1),
        "next_open": around.address(f"/answers/{left[0]}") if left else "",
        "to_list": to_list,
    }


def _counts(through: Sequence[Item]) -> dict[str, Any]:
    return {"done": sum(each.done for each in through), "total": len(through)}
