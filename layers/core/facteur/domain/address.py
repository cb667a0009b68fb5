"""E-mail addresses: parse pasted lists, check, normalise, remove duplicates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from facteur.domain.errors import Problem
from facteur.domain.headers import check_header

MAX_ADDRESSES = 1_000
"""Addresses one Send may have over to, cc and bcc."""
MAX_TYPED_ADDRESSES = 2 * MAX_ADDRESSES
"""Addresses of one list that are checked: more than a Send may have, as duplicates are removed."""
MAX_ENVELOPE = 50
"""Recipients that one message may have, over To, Cc and Bcc (a limit of the mail service).
https://docs.aws.amazon.com/ses/latest/dg/quotas.html"""
MAX_ADDRESS = 320
"""Characters of an address: 64 before the @, 255 behind it (RFC 5321, 4.5.3.1)."""

ORDINARY = re.compile(
    r"(?=.{3,100}\Z)[A-Za-z0-9]{1,20}(?:[._-][A-Za-z0-9]{1,20}){0,2}"
    r"@(?:[a-z0-9]{1,30}(?:-[a-z0-9]{1,20})?\.){1,3}"
    r"(?!(?:arpa|invalid|local|localhost|onion)\Z)[a-z]{2,20}"
)
"""Plain addresses, which email-validator accepts and returns as they are (a test compares). The
address of whoever calls mostly is one, so that most requests need not import it."""
_WORD = re.compile(r"[^\s,;]+")
_REPORTED_TYPE = re.compile(r"\A\s*[A-Za-z0-9-]{1,20}\s*[;:]")
"""The type before an address: ``rfc822; a@x`` in a report (RFC 3464, 2.3.2), ``mailto:a@x``."""
_COMMENT = re.compile(r"\([^()]*\)")
_BRACKETED = re.compile(r"<([^<>]*)>")
_QUOTING = str.maketrans("", "", '"\\')
_IN_APOSTROPHES = re.compile(r"'(.*)'")
_MAX_SPELLED = 1_000
"""Characters of an address as a remote server spells it; more than a name and an address have."""


class Role(StrEnum):
    """Why an address receives a message."""

    TO = "to"
    CC = "cc"
    BCC = "bcc"
    COPY = "copy"
    """The sender's own copy."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address and its role in a Send."""

    address: str
    role: Role


def parse_addresses(value: str | Iterable[str], *, field: str) -> tuple[list[str], list[Problem]]:
    """The addresses in ``value`` (a pasted text or a list of such texts) and what is wrong in it.

    Separators are commas, semicolons and white space. Domains come back in ASCII (punycode) and
    lower case; local parts as typed. Every bad address is a problem of its own, by name. More than
    MAX_TYPED_ADDRESSES of them are counted but not checked: problem ``too_many_addresses``.
    """
    texts = [value] if isinstance(value, str) else list(value)
    count = sum(1 for text in texts for _ in _WORD.finditer(text))
    if count > MAX_TYPED_ADDRESSES:
        figures = {"count": count, "max_length": MAX_ADDRESSES}
        return [], [Problem(field, "too_many_addresses", {**figures})]
    words = [word for text in texts for word in _WORD.findall(text)]
    addresses: list[str] = []
    problems: list[Problem] = []
    for word in words:
        address, problem = _check(word, field)
        if address is not None:
            addresses.append(address)
        if problem is not None:
            problems.append(problem)
    return addresses, problems


def parse_address(value: str, *, field: str) -> tuple[str | None, list[Problem]]:
    """The only address in ``value``, and what is wrong with it.

    Problem ``one_address_expected`` when there is none or another, whatever their number.
    """
    words = [match[0] for match in islice(_WORD.finditer(value), 2)]
    if len(words) != 1:
        return None, [Problem(field, "one_address_expected")]
    address, problem = _check(words[0], field)
    return address, [problem] if problem is not None else []


def _check(word: str, field: str) -> tuple[str | None, Problem | None]:
    if not word.isprintable() or len(word) > MAX_ADDRESS or check_header(word, field=field):
        return None, Problem(field, "address_invalid", {"address": word[:80]})
    if ORDINARY.fullmatch(word):
        return word, None
    # Not before, since few requests need it: 29 ms of CPU at a cold start.
    from email_validator import EmailNotValidError, validate_email

    try:
        checked = validate_email(
            word,
            allow_smtputf8=True,
            check_deliverability=False,
            strict=True,  # the mail service rejects the whole message for a longer local part
            test_environment=True,
        )
    except EmailNotValidError:
        return None, Problem(field, "address_invalid", {"address": word})
    if checked.ascii_email is None:
        return None, Problem(field, "address_local_part_not_ascii", {"address": word})
    return checked.ascii_email, None


def without_duplicates(
    to: Iterable[str], cc: Iterable[str], bcc: Iterable[str]
) -> tuple[Recipient, ...]:
    """The recipients in the order to, cc, bcc; a repeated address keeps its first role."""
    seen: set[str] = set()
    recipients: list[Recipient] = []
    for role, addresses in ((Role.TO, to), (Role.CC, cc), (Role.BCC, bcc)):
        for address in addresses:
            if address.casefold() not in seen:
                seen.add(address.casefold())
                recipients.append(Recipient(address, role))
    return tuple(recipients)


def mailbox_of(spelled: str) -> str:
    """A form of an address for comparisons: the bare address, domain in ASCII, lower case.

    Remote servers spell the address of a recipient with its type, a name, a comment, brackets,
    quotes, a dot at the end. A text that is not an address is returned in lower case.
    """
    if len(spelled) > _MAX_SPELLED:
        return spelled.casefold()
    address = _COMMENT.sub("", _REPORTED_TYPE.sub("", spelled, count=1))
    bracketed = _BRACKETED.findall(address)
    address = (bracketed[-1] if bracketed else address).translate(_QUOTING).strip(" \t\r\n.,;")
    if quoted := _IN_APOSTROPHES.fullmatch(address):
        address = quoted.group(1)
    return (_check(address, "")[0] or address or spelled).casefold()


def domain_of(address: str) -> str:
    """The domain of a checked address, lower case."""
    return address.rpartition("@")[2].lower()
