"""HTTP servers of tests: they remember what was posted, and answer as they are told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What the server says to one request."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    hang_seconds: float = 0


class HttpReceiver:
    """``posts`` holds the path and JSON of each request, ``raw`` headers and body; ``answers`` are used up, then all is well."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, Any]] = []
        self.answers: list[Answer] = []
        self.raw: list[tuple[dict[str, str], bytes]] = []
        self.url = ""


@contextmanager
def http_receiver(port: int = 0) -> Iterator[HttpReceiver]:
    """A server on loopback until the end of the block."""
    receiver = HttpReceiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.raw.append((dict(self.headers), body))
            receiver.posts.append((self.path, json.loads(body)))
            answer = receiver.answers.pop(0) if receiver.answers else Answer()
            time.sleep(answer.hang_seconds)
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
