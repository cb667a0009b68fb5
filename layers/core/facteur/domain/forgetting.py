"""Forgetting a person: how they are found in stored texts, and what is put in their place.

An address becomes a *tombstone* at a domain that can never exist, so that a Send keeps the number
and the outcomes of its recipients. A full name becomes ``ERASED``. Accounting records keep what the
law wants kept: of an invoice or order that was sent, only the party's e-mail address is removed.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from facteur.domain.address import domain_of, mailbox_of
from facteur.domain.campaign import Campaign, CampaignStatus, PauseReason
from facteur.domain.campaign_transitions import paused
from facteur.domain.group import Group
from facteur.domain.identity import OrgId
from facteur.domain.search import normalised

type Json = str | int | float | bool | list[Json] | dict[str, Json] | None
type Fields = dict[str, Json]

TOMBSTONE_DOMAIN = "forgotten.invalid"
"""Nobody can have an address here, now or later (RFC 6761, 6.4), and no request may name one."""
ERASED = "[…]"
_DIGITS = 4
"""Hexadecimal digits of a tombstone: thousands of addresses share each, so none proves a guess."""
_KEPT = {"number", "order_number"}
"""Fields that identify a document: its number is unique, and other records refer to it."""


def tombstone_of(address: str, organization: OrgId) -> str:
    """What replaces an address in an organization: always the same, as retries name it again."""
    digest = hashlib.sha256(f"{organization} {mailbox_of(address)}".encode()).hexdigest()
    return f"forgotten-{digest[:_DIGITS]}@{TOMBSTONE_DOMAIN}"


def is_forgotten(address: str) -> bool:
    """Is this the tombstone of a person who was forgotten?"""
    return domain_of(address) == TOMBSTONE_DOMAIN


class Redaction:
    """Finds and removes one person in the texts of one organization.

    ``names`` are full names, with the first name first or last. Case does not matter.
    """

    def __init__(self, organization: OrgId, address: str, names: Iterable[str] = ()) -> None:
        self.address = mailbox_of(address)
        self.tombstone = tombstone_of(address, organization)
        self.names = frozenset(" ".join(name.casefold().split()) for name in names)
        self._address = _address_pattern(self.address)
        self._name = _name_pattern(self.names)

    def text(self, value: str) -> str:
        """A text without the person."""
        without = self._address.sub(self.tombstone, value)
        return self._name.sub(ERASED, without) if self._name is not None else without

    def names_them(self, value: str) -> bool:
        """Does a text name the person?"""
        named = self._name is not None and self._name.search(value) is not None
        return named or self._address.search(value) is not None

    def names_them_normalised(self, value: str) -> bool:
        """The same for the words that the search index keeps of a text, in any order."""
        words = f" {value} ".replace("-", " ").split()
        wanted = [normalised(one).replace("-", " ").split() for one in (self.address, *self.names)]
        return any(set(all_of) <= set(words) for all_of in wanted)

    def is_theirs(self, address: str) -> bool:
        """Is this the person's address, however it is spelled?"""
        return "@" in address and mailbox_of(address) == self.address

    def value(self, value: Json) -> Json:
        """The same value, with every text in it without the person."""
        match value:
            case str():
                return self.text(value)
            case list():
                return [self.value(inner) for inner in value]
            case dict():
                return {
                    name: inner if name in _KEPT else self.value(inner)
                    for name, inner in value.items()
                }
        return value

    def is_in(self, value: Json) -> bool:
        """Does any text in a value name the person?"""
        match value:
            case str():
                return self.names_them(value)
            case list():
                return any(map(self.is_in, value))
            case dict():
                return any(map(self.is_in, (*value, *value.values())))
        return False


def _address_pattern(address: str) -> re.Pattern[str]:
    """An address in a text, also in a link (``%40``) or in a bounce's path (``a=x.example@``)."""
    local, _, domain = address.rpartition("@")
    domains = "|".join(map(re.escape, dict.fromkeys([domain, _unicode(domain)])))
    end = r"(?![\w-]|\.\w)"
    local = re.escape(local)
    plain = rf"(?<![\w.+-]){local}(?:@|%40)(?:{domains}){end}"
    return re.compile(rf"{plain}|(?<![\w.]){local}=(?:{domains}){end}", re.IGNORECASE)


def _unicode(domain: str) -> str:
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def _name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    spelled: set[str] = set()
    for words in (name.split() for name in names):
        for order in (words, [*words[1:], *words[:1]], [*words[-1:], *words[:-1]]):
            spelled.add(r"[\s,_-]+".join(map(re.escape, order)))
    if not spelled:
        return None
    longest_first = sorted(spelled, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


def names_in(content: Fields, redaction: Redaction) -> set[str]:
    """The full names that a document's content gives the person beside their address."""
    return {
        name
        for entry in _entries(content)
        if redaction.is_theirs(str(entry.get("email", ""))) and (name := _full_name(entry))
    }


def content_without(content: Fields, redaction: Redaction, *, is_record: bool) -> Fields:
    """The content of a document without the person.

    ``is_record``: it is an invoice or order that was sent, which must be kept as it is; only the
    party's e-mail address is removed.
    """
    content = dict(content)
    for party in ("client", "supplier"):
        known = content.get(party)
        if isinstance(known, dict) and redaction.is_theirs(str(known.get("email") or "")):
            content[party] = known | {"email": ""}
    if is_record:
        return content
    if "entries" in content:
        content["entries"] = [
            entry for entry in _entries(content) if not _is_entry_of(entry, redaction)
        ]
    redacted = redaction.value(content)
    return redacted if isinstance(redacted, dict) else content


def send_fields_without(fields: Fields, redaction: Redaction) -> Fields:
    """The fields of a Send or of its row without the person; their signature goes too."""
    redacted = redaction.value(fields)
    if not isinstance(redacted, dict):
        return fields
    match fields.get("sender"), redacted.get("sender"):
        case {"copy_to": str(own)}, dict() as sender if redaction.is_theirs(own):
            redacted["sender"] = sender | {"name": ERASED}
            if "signature" in redacted:
                redacted["signature"] = ""
    return redacted


def campaign_without(campaign: Campaign, redaction: Redaction, *, now: dt.datetime) -> Campaign:
    """The campaign without the person; paused when nobody else would receive it.

    The version rises, so that a form opened before cannot write the person back.
    """
    draft = campaign.draft
    left = tuple(one for one in draft.recipients if not redaction.is_theirs(one))
    without = replace(
        campaign,
        draft=replace(
            draft,
            name=redaction.text(draft.name),
            subject=redaction.text(draft.subject),
            body=redaction.text(draft.body),
            recipients=left,
        ),
    )
    if without == campaign:
        return campaign
    without = replace(without, version=campaign.version + 1, updated_at=now)
    if left or draft.groups or campaign.status is CampaignStatus.COMPLETED:
        return without
    return paused(without, now, PauseReason.NO_RECIPIENTS)


def group_without(group: Group, redaction: Redaction, *, now: dt.datetime) -> Group:
    """The group without the person.

    The version rises, so that a form opened before cannot write the person back.
    """
    without = replace(
        group,
        name=redaction.text(group.name),
        contacts=tuple(
            replace(contact, name=redaction.text(contact.name))
            for contact in group.contacts
            if not redaction.is_theirs(contact.address)
        ),
    )
    if without == group:
        return group
    return replace(without, version=group.version + 1, updated_at=now)


def _entries(content: Fields) -> list[Fields]:
    match content.get("entries"):
        case list(entries):
            return [entry for entry in entries if isinstance(entry, dict)]
    return []


def _full_name(entry: Fields) -> str:
    """First and last name; "" when one is missing, because one alone names many people."""
    parts = [str(entry.get(part) or "").strip() for part in ("first_name", "last_name")]
    return " ".join(parts) if all(parts) else ""


def _is_entry_of(entry: Fields, redaction: Redaction) -> bool:
    """By the address; by the name only without an address: a namesake has another."""
    if email := str(entry.get("email") or ""):
        return redaction.is_theirs(email)
    return " ".join(_full_name(entry).casefold().split()) in redaction.names
