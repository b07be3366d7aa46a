"""Whether a process is alive and ready, and its metrics, over HTTP on loopback: ``/live``, ``/ready``, ``/metrics``."""

import json
import threading
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import make_wsgi_app

from runtime.metrics import ALIVE, READY

Check = Callable[[], str | None]
"""Returns what is wrong, or None. It must not block."""

StartResponse = Callable[[str, list[tuple[str, str]]], object]


class Health:
    """Named checks. Ready when every readiness check passes, alive when every liveness check does."""

    def __init__(self) -> None:
        """Start without checks, which is ready and alive."""
        self._readiness: dict[str, Check] = {}
        self._liveness: dict[str, Check] = {}

    def ready_when(self, name: str, check: Check) -> None:
        """Add a check of readiness: recovery done, partitions assigned."""
        self._readiness[name] = check

    def alive_while(self, name: str, check: Check) -> None:
        """Add a check of liveness: a process that fails it for long should be restarted."""
        self._liveness[name] = check

    def problems(self, *, liveness: bool = False) -> dict[str, str]:
        """What is wrong now, by the name of the check."""
        checks = self._liveness if liveness else self._readiness
        return {name: problem for name, check in checks.items() if (problem := check()) is not None}


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    timeout = 10

    def log_message(self, *_: object) -> None:
        """Say nothing: a scrape every few seconds is no event."""


def serve(health: Health, host: str, port: int) -> tuple[WSGIServer, int]:
    """Serve in a daemon thread; returns the server and its port (useful with port 0). Raises OSError if it is taken."""
    metrics = make_wsgi_app()

    def app(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        if path == "/metrics":
            READY.set(not health.problems())
            ALIVE.set(not health.problems(liveness=True))
            page: Iterable[bytes] = metrics(environ, start_response)
            return page
        if path not in ("/live", "/ready"):
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"/live /ready /metrics\n"]
        problems = health.problems(liveness=path == "/live")
        start_response("503 Service Unavailable" if problems else "200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"ok": not problems, "problems": problems}).encode() + b"\n"]

    server = make_server(host, port, app, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server, server.server_port
