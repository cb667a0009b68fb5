"""A receiver of webhooks on this machine, which answers as a test wants."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Received:
    """A request: its headers in lower case, and its body."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Answers:
    """What a receiver got, and what it answers next: a status, with a text and headers."""

    requests: list[Received] = field(default_factory=list)
    next: list[tuple[int, str, Mapping[str, str]]] = field(default_factory=list)
    usual: tuple[int, str, Mapping[str, str]] = (200, "merci", {})
    url: str = ""

    def fails(self, *statuses: int) -> None:
        """Answer these statuses next."""
        self.next += [(status, f"status {status}", {}) for status in statuses]


@contextmanager
def receiver() -> Iterator[Answers]:
    """A receiver on a free port of 127.0.0.1."""
    answers = Answers()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answers.requests.append(Received(self.path, headers, body))
            status, text, more = answers.next.pop(0) if answers.next else answers.usual
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: Any) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    answers.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield answers
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
