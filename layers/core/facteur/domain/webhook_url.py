"""The addresses that webhooks may have, and those that may be connected to."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from facteur.domain.errors import Problem

LOCAL_HOST: Final = "127.0.0.1"
"""The only receiver of the local mode that needs neither HTTPS nor a public address."""
_HTTPS_PORT, _HTTP_PORT = 443, 80

_PRINTABLE = re.compile(r"[!-~]+")
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
_OWN_NAMES = ("localhost", "local", "internal", "home.arpa", "onion", "test", "invalid")
"""Top-level names that are not of the public Internet (RFC 6761, 6762, 7686, 8375)."""

_NOT_ONE_MACHINE = (
    IPv4Network("192.0.0.0/24"),  # protocol assignments
    IPv4Network("192.88.99.0/24"),  # relays of 6to4
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NOT_ONE_MACHINE_EITHER = (
    IPv6Network("2001::/23"),  # protocol assignments, among them Teredo
    IPv6Network("2002::/16"),  # 6to4
    IPv6Network("3fff::/20"),  # documentation
)
"""Prefixes within the public ones. Those of NAT64 and the IPv4-mapped ones are not within."""


@dataclass(frozen=True, slots=True)
class Target:
    """What to connect to, and what to ask for there."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as the header ``Host`` says it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = _HTTPS_PORT if self.is_secure else _HTTP_PORT
        return host if self.port == usual else f"{host}:{self.port}"


def check_url(url: str, *, local: bool, field: str) -> list[Problem]:
    """What is wrong with the address of a webhook.

    ``local``: ``http://127.0.0.1`` is allowed too. A name may resolve to an address that is not
    public: that is seen at each attempt.
    """
    target = parse_url(url)
    if target is None:
        return [Problem(field, "webhook_url_invalid")]
    if local and not target.is_secure and target.host == LOCAL_HOST:
        return []
    if not target.is_secure:
        return [Problem(field, "webhook_url_not_https")]
    return _check_host(target.host.casefold().removesuffix("."), field)


def _check_host(host: str, field: str) -> list[Problem]:
    address = _literal(host)
    is_ours = any(host == own or host.endswith(f".{own}") for own in _OWN_NAMES)
    if is_ours or (address is not None and not is_public(address)):
        return [Problem(field, "webhook_url_not_public")]
    # A number in another form (2130706433, 0x7f.1) is an address for some programs.
    is_number = _NUMBER.fullmatch(host.rpartition(".")[2]) is not None
    if address is None and (is_number or _NAME.fullmatch(host) is None):
        return [Problem(field, "webhook_url_invalid")]
    return []


def parse_url(url: str) -> Target | None:
    """What an address names; None unless it is one of HTTP, without user, password or fragment."""
    if _PRINTABLE.fullmatch(url) is None or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or "#" in url:
        return None
    if "%" in host or port == 0:
        return None
    is_secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(is_secure, host, port or (_HTTPS_PORT if is_secure else _HTTP_PORT), path)


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Is it the address of one machine of the public Internet, and of no other in disguise?

    https://www.iana.org/assignments/iana-ipv4-special-registry/
    https://www.iana.org/assignments/iana-ipv6-special-registry/
    """
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in one for one in _NOT_ONE_MACHINE)
    return address in _GLOBAL_UNICAST and not any(address in one for one in _NOT_ONE_MACHINE_EITHER)
