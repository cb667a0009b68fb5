"""A local server that responds as SES might, correctly or not, and counts the requests."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Behaviour:
    """The response to a request that was read whole; status 0 closes without one.

    A connection of which only the first request is answered is as one that died while it was kept.
    """

    status: int = 200
    body: dict[str, Any] = field(default_factory=lambda: {"MessageId": "0102-ses"})
    error: str = ""
    delay: float = 0
    first_only: bool = False
    requests: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def ses_server(behaviour: Behaviour) -> Iterator[str]:
    """The address of a server with this behaviour."""
    released = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        answered = False

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            behaviour.requests.append(json.loads(self.rfile.read(length)))
            if behaviour.delay:
                released.wait(behaviour.delay)
                self.close_connection = True
                return
            if not behaviour.status or (behaviour.first_only and self.answered):
                self.close_connection = True
                return
            answer = json.dumps(behaviour.body).encode()
            self.send_response(behaviour.status)
            if behaviour.error:
                self.send_header("x-amzn-ErrorType", behaviour.error)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
            self.answered = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        released.set()
        server.shutdown()
        thread.join()
        server.server_close()
