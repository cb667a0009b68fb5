"""One POST to a receiver, over real connections on this machine."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import pytest

import facteur.adapters.receivers as adapter
from facteur.adapters.receivers import HttpReceivers
from facteur.domain.webhook_delivery import MAX_ANSWER, AttemptError
from facteur.domain.webhook_url import parse_url
from facteur.ports import ReceiverAnswer
from tests.support.receiver import receiver

SOON = 0.25
"""Seconds for everything, of receivers that are not waited for."""


def post(url: str, **options: object) -> ReceiverAnswer:
    target = parse_url(url)
    assert target is not None
    receivers = HttpReceivers(local=True, **options)  # type: ignore[arg-type]
    return receivers.post(target, headers={"webhook-id": "01"}, body=b'{"type":"x"}')


@contextmanager
def raw(*parts: bytes, hang: bool = False, pause: float = 0) -> Iterator[str]:
    """A receiver that answers these bytes to its one request, then closes or hangs."""
    server = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def answer() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65_536)
            try:
                for part in parts:
                    connection.sendall(part)
                    done.wait(pause)
                if hang:
                    done.wait(30)
            except OSError:
                return  # the client has gone: that is what some tests are about

    thread = threading.Thread(target=answer)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/"
    done.set()
    thread.join()
    server.close()


def test_body_headers_and_path_arrive_and_the_answer_comes_back() -> None:
    with receiver() as host:
        answer = post(f"{host.url}/facteur?x=1")

    [request] = host.requests
    assert (request.path, request.body) == ("/facteur?x=1", b'{"type":"x"}')
    assert request.headers["webhook-id"] == "01"
    assert request.headers["host"] == host.url.removeprefix("http://")
    assert answer == ReceiverAnswer(200, "merci")


def test_answer_that_comes_after_its_headers_is_read() -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\n"
    with raw(head, b"merci", pause=0.05) as url:
        assert post(url) == ReceiverAnswer(200, "merci")


def test_redirect_is_not_followed() -> None:
    with receiver() as host:
        host.usual = (302, "", {"location": f"{host.url}/elsewhere"})

        answer = post(f"{host.url}/facteur")

    assert (answer.status, len(host.requests)) == (302, 1)


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")

    with receiver() as host:
        assert post(host.url).status == 200


def test_of_a_long_answer_only_the_beginning_is_read() -> None:
    head = b"HTTP/1.1 500 No\r\ncontent-length: 100000000\r\n\r\n"
    with raw(head, b"\xc3\xa9" * 50_000, hang=True) as url:
        answer = post(url)

    assert (answer.status, answer.text) == (500, "é" * MAX_ANSWER)


def test_answer_in_chunks_and_without_text_encoding_is_read() -> None:
    with raw(
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\na\xff\x00\r\n0\r\n\r\n"
    ) as url:
        answer = post(url)

    assert answer == ReceiverAnswer(200, "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}")


def test_receiver_that_hangs_is_left_in_time() -> None:
    with raw(hang=True) as url:
        assert post(url, seconds=SOON).error is AttemptError.TIMEOUT


def test_status_that_arrived_counts_although_its_text_hangs() -> None:
    with raw(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nmer", hang=True) as url:
        assert post(url, seconds=SOON) == ReceiverAnswer(200, "mer")


def test_headers_that_drip_end_at_the_deadline_of_all_not_of_each() -> None:
    class Dripping:
        """Sends one byte of an endless header at each reading, each in time."""

        def __init__(self) -> None:
            self.now, self.reads = 0.0, 0

        def settimeout(self, value: float | None, /) -> None:
            assert value is not None
            assert value > 0

        def sendall(self, data: bytes, /) -> None:
            """Taken."""

        def recv_into(self, buffer: memoryview, /) -> int:
            self.now += 1
            self.reads += 1
            buffer[:1] = b"H" if self.reads == 1 else b"x"
            return 1

        def close(self) -> None:
            """Closed."""

    slow = Dripping()
    answer = post("http://127.0.0.1:9/", connect=lambda *_, **__: slow, monotonic=lambda: slow.now)

    assert answer.error is AttemptError.TIMEOUT
    assert slow.reads <= adapter.TIMEOUT


def test_answer_that_never_ends_is_left_after_a_bounded_number_of_bytes() -> None:
    endless = b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 100_000
    with raw(endless, hang=True) as url:
        assert post(url).error is AttemptError.BROKEN


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9.9\r\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_no_http_is_no_answer(answer: bytes) -> None:
    with raw(answer) as url:
        assert post(url).error is AttemptError.BROKEN


def test_port_that_nobody_listens_on_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert post(f"http://127.0.0.1:{port}/").error is AttemptError.UNREACHABLE


def test_name_that_takes_too_long_to_resolve_is_left_in_time() -> None:
    waiting = threading.Event()

    def resolve(_host: str, _port: int) -> list[str]:
        waiting.wait(5)
        return []

    answer = post("https://slow.example/", resolve=resolve, seconds=SOON)
    waiting.set()

    assert answer.error is AttemptError.TIMEOUT


def test_name_without_an_address_is_unknown() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise socket.gaierror

    assert post("https://nowhere.example/", resolve=resolve).error is AttemptError.NAME_UNKNOWN


def test_receiver_that_cannot_prove_its_name_gets_nothing() -> None:
    with receiver() as host:
        port = int(host.url.rpartition(":")[2])

        def connect(_address: object, _port: int, **options: object) -> object:
            return adapter.open_connection(
                ip_address("127.0.0.1"),
                port,
                timeout=2,
                server_name=str(options["server_name"]),
            )

        answer = post(
            "https://hooks.example/", resolve=lambda *_: ["93.184.216.34"], connect=connect
        )

    assert answer.error is AttemptError.TLS_FAILED
    assert host.requests == []


def test_next_address_is_tried_when_one_does_not_answer() -> None:
    tried = []

    def connect(address: object, _port: int, **_: object) -> object:
        tried.append(str(address))
        raise ConnectionRefusedError

    answer = post(
        "https://two.example/",
        resolve=lambda *_: ["93.184.216.34", "2606:2800:220:1::1"],
        connect=connect,
    )

    assert tried == ["93.184.216.34", "2606:2800:220:1::1"]
    assert answer.error is AttemptError.UNREACHABLE
