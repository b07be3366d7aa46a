"""A real HTTP server of feeds and pages for tests: it remembers what was asked, and answers as it is told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Page(NamedTuple):
    """What the server says; with an ``ETag`` among the headers, 304 to whoever knows it."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    hangs: bool = False


class FeedServer:
    """``pages`` holds the answer of each path, ``asked`` each path with its request's headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, Message]] = []
        self.released = threading.Event()
        self.url = ""

    def count(self, path: str) -> int:
        return [asked for asked, _ in self.asked].count(path)


@contextmanager
def feed_server() -> Iterator[FeedServer]:
    """A server on loopback until the end of the block."""
    known = FeedServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append((self.path, self.headers))
            page = known.pages.get(self.path, Page(status=404))
            if page.hangs:
                known.released.wait(30)
                return
            etag = dict(page.headers).get("ETag")
            unchanged = etag is not None and self.headers["If-None-Match"] == etag
            self.send_response(304 if unchanged else page.status)
            for name, value in page.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", "0" if unchanged else str(len(page.body)))
            self.end_headers()
            if not unchanged:
                self._write(page.body)

        def _write(self, body: bytes) -> None:
            try:
                self.wfile.write(body)
            except ConnectionError:
                return  # the reader has had enough

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    known.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield known
    finally:
        known.released.set()
        server.shutdown()
        server.server_close()


def rss(*entries: tuple[str, str]) -> bytes:
    """A feed of entries, each a number and its words; they appear a minute apart on 16 April 2024."""
    items = "".join(
        f"<item><title>Title {name}</title><link>https://wire.example.org/{name}</link>"
        f"<pubDate>Tue, 16 Apr 2024 12:{minute:02}:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{words}&lt;/p&gt;</description></item>"
        for minute, (name, words) in enumerate(entries)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()
