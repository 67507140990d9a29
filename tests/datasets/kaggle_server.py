"""A server on this machine that answers as Kaggle's does, with a small set and faults on request.

What it does was read off Kaggle's own client: a question for the set's version, a question for the
download that leads to a storage, and there a zip file with its MD5 sum in a header, which can be
had from any byte on.
"""

import base64
import hashlib
import http.server
import io
import json
import threading
import zipfile
from contextlib import contextmanager

VERSION = "/v1/datasets.DatasetApiService/GetDataset"
DOWNLOAD = "/v1/datasets.DatasetApiService/DownloadDataset"
STORAGE = "/storage/archive.zip"
SET = "ryanholbrook/car-or-truck"


def zipped(files):
    """A zip file of contents by name; stored, so that a cut in the middle is in the pictures."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    return archive.getvalue()


class KaggleServer:
    """How the next answers will be, and what was asked for."""

    def __init__(self, archive):
        self.archive = archive
        self.asked = []
        self.status = {}  # the path of a question -> an error's number
        self.page = set()  # questions that are answered with a page of a hotel's network
        self.only = None  # so many bytes are sent, then the line is cut
        self.wait = None  # once those are sent, this event is waited for instead
        self.sent = threading.Event()
        self.with_sum = True
        self.with_ranges = True
        self.wrong_sum = False

    def paths(self):
        return [path for path, _ in self.asked]


def _handler(server):
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, form, *values):
            pass

        def do_POST(self):
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append((self.path, None))
            if self.path in server.status:
                self._json({"code": server.status[self.path], "message": "no"}, self.path)
            elif self.path in server.page:
                self._content(b"<html>Welcome! Please log in.</html>", "text/html")
            elif f"{question['ownerSlug']}/{question['datasetSlug']}" != SET:
                self._json({"code": 404, "message": "no such set"})
            elif self.path == VERSION:
                self._json({"currentVersionNumber": 2})
            elif self.path == DOWNLOAD:
                self.send_response(302)
                self.send_header("Location", STORAGE)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def do_GET(self):
            wanted = self.headers.get("Range")
            server.asked.append((self.path, wanted))
            if STORAGE in server.page:
                self._content(b"<html>Welcome! Please log in.</html>", "text/html")
                return
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
            rest = server.archive[start:]
            self.send_response(206 if wanted else 200)
            self.send_header("Content-Type", "application/zip")
            self.send_header("Content-Length", str(len(rest)))
            if server.with_ranges:
                self.send_header("Accept-Ranges", "bytes")
            if server.with_sum:
                digest = hashlib.md5(server.archive + b"x" * server.wrong_sum).digest()
                value = base64.b64encode(digest).decode()
                self.send_header("x-goog-hash", f"crc32c=AAAAAA==,md5={value}")
            self.end_headers()
            self._send(rest)

        def _send(self, rest):
            first = rest if server.only is None else rest[: server.only]
            self.wfile.write(first)
            self.wfile.flush()
            server.sent.set()
            if server.wait is not None:
                server.wait.wait(20)
                self.wfile.write(rest[len(first) :])
            elif len(first) < len(rest):
                self.close_connection = True

        def _json(self, content, path=None):
            body = json.dumps(content).encode()
            self.send_response(server.status.get(path, 200))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _content(self, body, kind):
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


@contextmanager
def running(archive):
    """Run the server; gives it and its address."""
    kaggle = KaggleServer(archive)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(kaggle)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield kaggle, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
