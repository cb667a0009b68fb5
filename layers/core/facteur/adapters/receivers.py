"""Receivers of webhooks: one POST each, to an address that was checked, within bounded time.

The standard library's HTTP client follows no redirects, repeats nothing and reads no proxy from the
environment. It is given a socket that is connected already, to the very address that was checked:
between the check and the connection no name is resolved again.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Buffer, Callable, Mapping, Sequence
from contextlib import closing
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Thread
from typing import Protocol

from facteur.domain.webhook_delivery import MAX_ANSWER, AttemptError
from facteur.domain.webhook_url import LOCAL_HOST, Target, is_public
from facteur.ports import ReceiverAnswer

TIMEOUT = 10.0
"""Seconds for everything: name, connection, request and answer."""
_MAX_ADDRESSES = 4
"""Addresses of a name that are tried in turn."""
_MAX_READ = 64 * 1024
"""Bytes read of an answer, its headers included."""
_MAX_TEXT = 4 * MAX_ANSWER
"""Bytes of MAX_ANSWER characters, at most."""

type Address = IPv4Address | IPv6Address
type Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a name, or the name itself if it is one. Raises OSError."""


class Connection(Protocol):
    """What is used of a socket."""

    def settimeout(self, value: float | None, /) -> None: ...
    def sendall(self, data: bytes, /) -> None: ...
    def recv_into(self, buffer: memoryview, /) -> int: ...
    def close(self) -> None: ...


class Connect(Protocol):
    """Connects to an address within a time; encrypted for ``server_name`` unless it is None."""

    def __call__(
        self, address: Address, port: int, *, timeout: float, server_name: str | None
    ) -> Connection: ...


class RefusedAddressError(Exception):
    """An address of the host is not public."""


class HttpReceivers:
    """The port ``Receivers``. ``local``: ``http://127.0.0.1`` may be reached.

    ``seconds`` is the time for everything, ``monotonic`` the clock that it is measured by.
    """

    def __init__(
        self,
        *,
        local: bool = False,
        resolve: Resolve | None = None,
        connect: Connect | None = None,
        seconds: float = TIMEOUT,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._local = local
        self._resolve = resolve or resolve_name
        self._connect = connect or open_connection
        self._seconds = seconds
        self._monotonic = monotonic

    def post(self, target: Target, *, headers: Mapping[str, str], body: bytes) -> ReceiverAnswer:
        deadline = _Deadline(self._monotonic, self._seconds)
        try:
            addresses = self._addresses(target, deadline)
            connection = self._open(target, addresses, deadline)
        except RefusedAddressError:
            return ReceiverAnswer(error=AttemptError.NOT_PUBLIC)
        except socket.gaierror:
            return ReceiverAnswer(error=AttemptError.NAME_UNKNOWN)
        except TimeoutError:
            return ReceiverAnswer(error=AttemptError.TIMEOUT)
        except ssl.SSLError:
            return ReceiverAnswer(error=AttemptError.TLS_FAILED)
        except OSError:
            return ReceiverAnswer(error=AttemptError.UNREACHABLE)
        with closing(connection):
            return _exchange(connection, deadline, target, headers, body)

    def _addresses(self, target: Target, deadline: "_Deadline") -> Sequence[Address]:
        """The addresses to connect to. Raises RefusedAddressError if one of them is not public."""
        if self._local and not target.is_secure and target.host == LOCAL_HOST:
            return [ip_address(LOCAL_HOST)]
        if not target.is_secure:
            raise RefusedAddressError
        found = _within(deadline.left(), lambda: self._resolve(target.host, target.port))
        try:
            addresses = [ip_address(one) for one in dict.fromkeys(found)]
        except ValueError as error:
            # With a zone ("fe80::1%eth0"), for example.
            raise RefusedAddressError from error
        if not addresses or not all(map(is_public, addresses)):
            raise RefusedAddressError
        return addresses[:_MAX_ADDRESSES]

    def _open(
        self, target: Target, addresses: Sequence[Address], deadline: "_Deadline"
    ) -> Connection:
        """A connection to the first address that takes it. Raises OSError of the last."""
        server_name = target.host if target.is_secure else None
        *others, last = addresses
        for address in others:
            try:
                return self._connect(
                    address, target.port, timeout=deadline.left(), server_name=server_name
                )
            except OSError:
                # The next one may answer; the deadline is one for all.
                continue
        return self._connect(last, target.port, timeout=deadline.left(), server_name=server_name)


class _Deadline:
    def __init__(self, monotonic: Callable[[], float], seconds: float) -> None:
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises TimeoutError when there are none."""
        left = self._end - self._monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Bounded(io.RawIOBase):
    """What a connection receives, until the deadline or _MAX_READ bytes."""

    def __init__(self, connection: Connection, deadline: _Deadline) -> None:
        self._connection = connection
        self._deadline = deadline
        self._left = _MAX_READ

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        if self._left <= 0:
            raise http.client.HTTPException("answer too large")
        self._connection.settimeout(self._deadline.left())
        read = self._connection.recv_into(memoryview(buffer)[: self._left])
        self._left -= read
        return read


class _Socket:
    """A connection as the standard library's HTTP client uses it."""

    def __init__(self, connection: Connection, deadline: _Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._connection.settimeout(self._deadline.left())
        self._connection.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Bounded(self._connection, self._deadline))

    def close(self) -> None:
        """Called before the answer is read: whoever opened the connection closes it."""


def _exchange(
    connection: Connection,
    deadline: _Deadline,
    target: Target,
    headers: Mapping[str, str],
    body: bytes,
) -> ReceiverAnswer:
    client = http.client.HTTPConnection(LOCAL_HOST)
    client.sock = _Socket(connection, deadline)
    sent = {"host": target.authority, "connection": "close", "content-length": str(len(body))}
    try:
        client.putrequest("POST", target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in (sent | dict(headers)).items():
            client.putheader(name, value)
        client.endheaders(body)
        answer = client.getresponse()
    except TimeoutError:
        return ReceiverAnswer(error=AttemptError.TIMEOUT)
    except (http.client.HTTPException, OSError, ValueError):
        return ReceiverAnswer(error=AttemptError.BROKEN)
    return ReceiverAnswer(status=answer.status, text=_beginning(answer))


def _beginning(answer: http.client.HTTPResponse) -> str:
    """The beginning of an answer, as much as arrived: the status has decided already."""
    read = b""
    while len(read) < _MAX_TEXT:
        try:
            part = answer.read1(_MAX_TEXT - len(read))
        except (http.client.HTTPException, OSError, ValueError):
            break
        if not part:
            break
        read += part
    return read.decode("utf-8", "replace").replace("\x00", "\N{REPLACEMENT CHARACTER}")[:MAX_ANSWER]


def _within[T](seconds: float, call: Callable[[], T]) -> T:
    """The result of a call that cannot be interrupted. Raises TimeoutError, and goes on without it,
    when it takes longer."""
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:  # noqa: BLE001 - raised again by the caller
            errors.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError
    return results[0]


def resolve_name(host: str, port: int) -> Sequence[str]:
    """The addresses of a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def open_connection(
    address: Address, port: int, *, timeout: float, server_name: str | None
) -> Connection:
    """A connection to an address, encrypted for a server that proves its name. Raises OSError."""
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    plain = socket.socket(family, socket.SOCK_STREAM)
    try:
        plain.settimeout(timeout)
        plain.connect((str(address), port))
        if server_name is None:
            return plain
        return _tls().wrap_socket(plain, server_hostname=server_name)
    except BaseException:
        plain.close()
        raise


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
