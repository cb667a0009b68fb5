"""Known recipients and groups of recipients, in requests and responses."""

from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from facteur.domain.address import MAX_ADDRESS, MAX_ADDRESSES, MAX_TYPED_ADDRESSES
from facteur.domain.content_parts import OptionalName, OptionalText
from facteur.domain.explanations import explain
from facteur.domain.group import Contact, Group, GroupSummary
from facteur.domain.known_recipient import AddressStanding, AddressState, ProposedRecipient
from facteur.domain.requests import GroupRequest
from facteur.http.fields import IN_HEADER, Ignored, Instant, ResponseModel, Version
from facteur.http.paging import PAGE, Cursor, Limit, ListQuery
from facteur.http.sentences import sentence
from facteur.http.validation import CheckedByService, RequestModel
from facteur.locales import Locale
from facteur.ports import Page

MAX_CONTACT_NAME = 100
"""Characters of the name beside an address."""


class RecipientsQuery(RequestModel):
    """What was typed of an address or of a name; empty: the latest recipients."""

    q: OptionalText = ""


class KnownRecipientAnswer(ResponseModel):
    """An address that was written to. ``state_at`` and ``detail`` say since when and why its state
    is not ``ok``."""

    address: str
    name: str
    state: AddressState
    state_at: Instant | None
    detail: str | None
    last_sent_at: Instant | None


class KnownRecipientsAnswer(ResponseModel):
    """At most ten known recipients, best match first."""

    items: list[KnownRecipientAnswer]


class ContactBody(RequestModel):
    """An address of a group, with the name of whom it belongs to."""

    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_ADDRESS)]
    name: Annotated[OptionalName, Field(max_length=MAX_CONTACT_NAME), IN_HEADER] = ""


class NewGroup(CheckedByService):
    """A group of recipients to create."""

    REQUIRED: ClassVar[Sequence[str]] = ("name", "addresses")

    name: OptionalName = ""
    addresses: Annotated[
        tuple[ContactBody, ...],
        Field(
            max_length=MAX_TYPED_ADDRESSES,
            description=f"1 to {MAX_ADDRESSES} addresses; of one given twice, the first is kept.",
        ),
    ] = ()

    @property
    def request(self) -> GroupRequest:
        """The request for the service, with the problems found so far."""
        return GroupRequest(
            name=self.name,
            contacts=[Contact(one.address, one.name) for one in self.addresses],
            problems=self.problems,
        )


class ChangedGroup(NewGroup):
    """A full replacement of a group, with the ``version`` read.

    Read-only fields of GET may be sent and are ignored.
    """

    REQUIRED: ClassVar[Sequence[str]] = (*NewGroup.REQUIRED, "version")

    version: Version = 0
    id: Ignored = None
    count: Ignored = None
    created_at: Ignored = None
    updated_at: Ignored = None


class GroupsQuery(ListQuery):
    """The page of the list of groups to return."""

    cursor: Cursor = None
    limit: Limit = PAGE


class ContactAnswer(ResponseModel):
    """An address of a group."""

    address: str
    name: str


class GroupRow(ResponseModel):
    """A group in the list; ``count`` is the number of its addresses."""

    id: str
    name: str
    count: int
    version: int
    created_at: Instant
    updated_at: Instant


class GroupAnswer(GroupRow):
    """A group with its addresses."""

    addresses: list[ContactAnswer]


class GroupsPage(ResponseModel):
    """A page of groups, newest first."""

    items: list[GroupRow]
    next: str | None
    previous: str | None


def recipients_answer(found: Sequence[ProposedRecipient], locale: Locale) -> KnownRecipientsAnswer:
    """The response for known recipients, in the reader's language."""
    return KnownRecipientsAnswer(items=[_recipient(one, locale) for one in found])


def group_answer(group: Group) -> GroupAnswer:
    """The response for a group."""
    return GroupAnswer(
        id=group.id,
        name=group.name,
        count=len(group.contacts),
        version=group.version,
        created_at=group.created_at,
        updated_at=group.updated_at,
        addresses=[ContactAnswer(address=one.address, name=one.name) for one in group.contacts],
    )


def groups_page(page: Page[GroupSummary]) -> GroupsPage:
    """The response for a page of groups."""
    rows = [
        GroupRow(
            id=summary.id,
            name=summary.name,
            count=summary.count,
            version=summary.version,
            created_at=summary.created_at,
            updated_at=summary.updated_at,
        )
        for summary in page.items
    ]
    return GroupsPage(items=rows, next=page.next, previous=page.previous)


def _recipient(one: ProposedRecipient, locale: Locale) -> KnownRecipientAnswer:
    flagged = one.standing if one.standing is not None and one.standing.is_flagged else None
    return KnownRecipientAnswer(
        address=one.contact.address,
        name=one.contact.name,
        state=flagged.state if flagged is not None else AddressState.OK,
        state_at=flagged.at if flagged is not None else None,
        detail=_detail(flagged, locale) if flagged is not None else None,
        last_sent_at=one.last_sent_at,
    )


def _detail(standing: AddressStanding, locale: Locale) -> str:
    """Why an address is flagged, in the words of the history."""
    if standing.state is AddressState.COMPLAINED:
        return sentence("address_complained", {}, locale)
    return explain(standing.code, locale).cause
