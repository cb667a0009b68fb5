"""Immediate sends and retries in requests; filters of the history."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import Field, StrictBool, ValidationInfo, field_validator

from facteur.domain.address import MAX_ADDRESS, MAX_ADDRESSES, parse_addresses
from facteur.domain.errors import Problem
from facteur.domain.requests import HistoryRequest, SendRequest
from facteur.domain.send import MAX_DOCUMENTS
from facteur.domain.validators import refuse_if
from facteur.http.fields import MAX_TYPED_DOCUMENTS, ONE_ADDRESS, Addresses, Day, Groups, Typed
from facteur.http.paging import PAGE, Cursor, Limit, ListQuery
from facteur.http.validation import CheckedByService, RequestModel


class NewSend(CheckedByService):
    """Documents to send at once; ``subject`` and ``body`` have defaults."""

    REQUIRED: ClassVar[Sequence[str]] = ("document_ids", "to")

    document_ids: Annotated[
        tuple[str, ...],
        Field(
            max_length=MAX_TYPED_DOCUMENTS,
            description=f"1 to {MAX_DOCUMENTS} documents of the same type.",
        ),
    ] = ()
    to: Annotated[Addresses, Field(description="Exactly one address.")] = ()
    cc: Addresses = ()
    bcc: Addresses = ()
    groups: Annotated[
        Groups,
        Field(description="Groups of recipients, by their ids; their addresses are blind copies."),
    ] = ()
    subject: Typed | None = None
    body: Typed | None = None
    copy_to_sender: StrictBool = False
    separate: StrictBool = False

    @property
    def request(self) -> SendRequest:
        """The request for the service, with the problems found so far."""
        return SendRequest(
            document_ids=self.document_ids,
            to=self.to,
            cc=self.cc,
            bcc=self.bcc,
            groups=self.groups,
            subject=self.subject,
            body=self.body,
            copy_to_sender=self.copy_to_sender,
            separate=self.separate,
            problems=self.problems,
        )


class RetryBody(RequestModel):
    """Corrections of failed addresses, from the wrong one to the right one."""

    corrections: Annotated[dict[str, str], Field(default_factory=dict, max_length=MAX_ADDRESSES)]


class HistoryQuery(HistoryRequest, RequestModel):
    """Filters of the history, combined with AND."""

    from_date: Annotated[Day | None, Field(alias="from")] = None
    to_date: Annotated[Day | None, Field(alias="to")] = None
    recipient: Annotated[str, Field(max_length=MAX_ADDRESS), ONE_ADDRESS] = ""

    @field_validator("to_date")
    @classmethod
    def _ends_after_it_begins(cls, value: dt.date | None, info: ValidationInfo) -> dt.date | None:
        first = info.data.get("from_date")
        is_empty = first is not None and value is not None and value < first
        refuse_if([Problem("", "range_empty")] if is_empty else [])
        return value

    @property
    def request(self) -> HistoryRequest:
        """The filters as the service reads them."""
        addresses, _ = parse_addresses(self.recipient, field="recipient")
        values = {name: getattr(self, name) for name in HistoryRequest.model_fields}
        values["recipient"] = addresses[0] if addresses else ""
        return HistoryRequest.model_construct(**values)


class HistoryPageQuery(HistoryQuery, ListQuery):
    """Filters of the history, and the page to return."""

    cursor: Cursor = None
    limit: Limit = PAGE
