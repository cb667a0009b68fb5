"""An administrator points a webhook at something that only our own network reaches.

Loopback, private networks, the metadata of the machine, the same addresses in another notation or
inside another one, names that lead there, and names that lead elsewhere the second time. Nobody
must notice: each is refused before a connection is opened, so before a byte is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from facteur.adapters.receivers import Address, Connection, HttpReceivers, resolve_name
from facteur.domain.webhook_delivery import AttemptError
from facteur.domain.webhook_url import check_url, parse_url

PUBLIC = "93.184.216.34"

BY_NUMBER = {
    "loopback": "https://127.0.0.1/",
    "all of loopback": "https://127.255.255.254/",
    "this host": "https://0.0.0.0/",
    "private 10": "https://10.0.0.7/",
    "private 172": "https://172.16.4.1/",
    "private 192": "https://192.168.1.1/",
    "shared by carriers": "https://100.64.0.1/",
    "link-local": "https://169.254.10.10/",
    "metadata of EC2": "https://169.254.169.254/latest/meta-data/",
    "credentials of containers": "https://169.254.170.2/v2/credentials",
    "time of EC2": "https://169.254.169.123/",
    "multicast": "https://224.0.0.1/",
    "broadcast": "https://255.255.255.255/",
    "reserved": "https://240.0.0.1/",
    "benchmarks": "https://198.18.0.1/",
    "documentation": "https://192.0.2.1/",
    "decimal": "https://2130706433/",
    "octal": "https://0177.0.0.1/",
    "hexadecimal": "https://0x7f000001/",
    "short": "https://127.1/",
    "decimal of the metadata": "https://2852039166/",
    "loopback of IPv6": "https://[::1]/",
    "unspecified of IPv6": "https://[::]/",
    "IPv4-mapped": "https://[::ffff:127.0.0.1]/",
    "IPv4-mapped, public": "https://[::ffff:93.184.216.34]/",
    "IPv4-compatible": "https://[::127.0.0.1]/",
    "NAT64": "https://[64:ff9b::a9fe:a9fe]/",
    "NAT64, local": "https://[64:ff9b:1::a9fe:a9fe]/",
    "6to4": "https://[2002:7f00:1::]/",
    "Teredo": "https://[2001:0:a9fe:a9fe::]/",
    "link-local of IPv6": "https://[fe80::1]/",
    "site-local": "https://[fec0::1]/",
    "unique local": "https://[fc00::1]/",
    "metadata of EC2 by IPv6": "https://[fd00:ec2::254]/",
    "multicast of IPv6": "https://[ff02::1]/",
    "relay of 6to4": "https://192.88.99.1/",
}
"""What is refused when it is saved and, should it be stored all the same, when it is reached."""

BY_NAME = {
    "loopback": ["127.0.0.1"],
    "private": ["10.1.2.3"],
    "metadata": ["169.254.169.254"],
    "loopback of IPv6": ["::1"],
    "IPv4-mapped": ["::ffff:10.1.2.3"],
    "NAT64": ["64:ff9b::7f00:1"],
    "with a zone": ["fe80::1%eth0"],
    "one of two": [PUBLIC, "10.1.2.3"],
    "public one last": ["10.1.2.3", PUBLIC],
    "no address": [],
    "not an address": ["localhost"],
}
"""What the name of a receiver resolves to."""


@dataclass
class Wire:
    """Stands for the network: counts connections and bytes, and answers nothing."""

    opened: list[str] = field(default_factory=list)
    bytes_sent: int = 0

    def connect(
        self, address: Address, port: int, *, timeout: float, server_name: str | None
    ) -> Connection:
        self.opened.append(f"{address} {port} {server_name}")
        return self

    def settimeout(self, value: float | None, /) -> None:
        """The time is not looked at."""

    def sendall(self, data: bytes, /) -> None:
        self.bytes_sent += len(data)

    def recv_into(self, buffer: memoryview, /) -> int:
        return 0

    def close(self) -> None:
        """There is nothing to close."""


def reached(url: str, *, local: bool = False, resolves_to: Sequence[str] | None = None) -> Wire:
    """What a POST to an address does; it must be refused unless something was opened."""
    wire = Wire()

    def resolve(host: str, port: int) -> Sequence[str]:
        return resolve_name(host, port) if resolves_to is None else resolves_to

    target = parse_url(url)
    assert target is not None
    receivers = HttpReceivers(local=local, resolve=resolve, connect=wire.connect)
    answer = receivers.post(target, headers={"webhook-id": "1"}, body=b"{}")
    assert wire.opened or answer.error in (AttemptError.NOT_PUBLIC, AttemptError.NAME_UNKNOWN)
    return wire


@pytest.mark.feature("B41")
@pytest.mark.parametrize("url", BY_NUMBER.values(), ids=BY_NUMBER)
def test_address_is_refused_when_it_is_saved(url: str) -> None:
    assert check_url(url, local=False, field="url")
    assert check_url(url, local=True, field="url")


@pytest.mark.feature("B41")
@pytest.mark.parametrize("url", BY_NUMBER.values(), ids=BY_NUMBER)
def test_address_that_is_stored_all_the_same_is_not_connected_to(url: str) -> None:
    wire = reached(url)

    assert (wire.opened, wire.bytes_sent) == ([], 0)


@pytest.mark.feature("B41")
@pytest.mark.parametrize("addresses", BY_NAME.values(), ids=BY_NAME)
def test_name_that_leads_inside_is_not_connected_to(addresses: list[str]) -> None:
    wire = reached("https://hooks.attacker.example/", resolves_to=addresses)

    assert (wire.opened, wire.bytes_sent) == ([], 0)


@pytest.mark.feature("B41")
@pytest.mark.parametrize(
    "url",
    [
        "https://localhost/",
        "https://facteur.localhost/",
        "https://printer.local/",
        "https://instance-data.ec2.internal/",
        "https://metadata/",
        "https://user:password@hooks.example.com/",
        "https://hooks.example.com@169.254.169.254/",
        "https://hooks.example.com#@169.254.169.254/",
        "https://169.254.169.254\\@hooks.example.com/",
        "https://hooks.example.com:0/",
        "https://hooks。example。com/",
        "http://hooks.example.com/",
        "http://127.0.0.1:8000/",
        "file:///etc/passwd",
        "gopher://hooks.example.com/",
        "https:///etc",
        "https://[fe80::1%25eth0]/",
        "https://hooks.example.com/ x",
        "https://hooks.example.com/\r\nhost: inside",
    ],
)
def test_name_or_form_is_refused_when_it_is_saved(url: str) -> None:
    assert check_url(url, local=False, field="url")


@pytest.mark.feature("B41")
def test_name_that_leads_elsewhere_the_second_time_is_resolved_once() -> None:
    wire, answers = Wire(), [[PUBLIC], ["169.254.169.254"]]
    receivers = HttpReceivers(resolve=lambda *_: answers.pop(0), connect=wire.connect)
    target = parse_url("https://rebinding.attacker.example/x")
    assert target is not None

    receivers.post(target, headers={}, body=b"{}")

    assert wire.opened == [f"{PUBLIC} 443 rebinding.attacker.example"]
    assert len(answers) == 1


@pytest.mark.feature("B41")
def test_this_machine_is_reached_in_the_local_mode_only_and_there_nothing_else() -> None:
    assert reached("http://127.0.0.1:9000/", local=True).opened == ["127.0.0.1 9000 None"]
    assert reached("http://127.0.0.1:9000/").opened == []
    assert reached("http://10.0.0.7/", local=True).opened == []
    assert reached("https://127.0.0.1/", local=True).opened == []
    assert reached("http://localhost/", local=True).opened == []
