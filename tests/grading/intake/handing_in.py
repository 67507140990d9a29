"""Files to hand in: small notebooks of the two-exercise lesson, zips of them, and what came in."""

import io
import zipfile

from coursetools.grading.intake import Received
from grading.small_lesson import CONNECT, answered, file_of, keep, lesson, place_of


def notebook(who: str = "", value: str = "____", lesson_number: int = 7, tag: str = "") -> bytes:
    """A notebook in which 7.1 is answered with `value`."""
    cells = lesson()
    answered(cells, "7.1", value)
    connect = CONNECT.replace('""', f'"{who}"').replace("lesson=7", f"lesson={lesson_number}")
    cells[place_of(cells, "connect")]["source"] = connect
    if tag:
        answer = {"kind": "weights", "state": "given", "content": {"digest": "", "tag": tag}}
        keep(cells[place_of(cells, "a2")], "7.2", {"handed_in": answer})
    return file_of(cells)


def zipped(members: dict[str, bytes], **more) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, more.get("times", {}).get(name, (2026, 11, 24, 12, 0, 0)))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return stream.getvalue()


def put(folder, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def fates(received: Received) -> dict[str, str]:
    """What became of each file."""
    assert len({file.path for file in received.files}) == len(received.files)
    return {file.path: str(file.disposition) for file in received.files}


def reason(received: Received, path: str) -> str:
    return next(file.reason for file in received.files if file.path == path)


def ids(received: Received) -> list[str]:
    return [submission.student_id for submission in received.submissions]
