"""Immediate sends, retries and previews in requests; filters of the history."""

from typing import Annotated

from pydantic import ConfigDict, Field, StrictBool

from facteur.domain.address import parse_addresses
from facteur.domain.asked import HistoryRequest, SendRequest
from facteur.domain.document import DocumentType
from facteur.domain.errors import InputError, Problem
from facteur.domain.send import SendStatus
from facteur.http.fields import Addresses, Day
from facteur.http.validation import CheckedByService, RequestModel

PAGE = 50

type Typed = Annotated[str, Field(max_length=100_000)]
"""A text whose length its service judges, once its variables are replaced."""


class NewSend(CheckedByService):
    """Documents to send at once. Without ``subject`` or ``body``, the usual ones."""

    model_config = ConfigDict(json_schema_extra={"required": ["document_ids", "to"]})

    document_ids: Annotated[
        tuple[str, ...], Field(max_length=100, description="1 to 10 documents of the same type.")
    ] = ()
    to: Annotated[Addresses, Field(description="Exactly one address.")] = ()
    cc: Addresses = ()
    bcc: Addresses = ()
    subject: Typed | None = None
    body: Typed | None = None
    copy_to_sender: StrictBool = False
    separate: StrictBool = False

    @property
    def request(self) -> SendRequest:
        """What is asked for, with the problems found so far."""
        return SendRequest(
            document_ids=self.document_ids,
            to=self.to,
            cc=self.cc,
            bcc=self.bcc,
            subject=self.subject,
            body=self.body,
            copy_to_sender=self.copy_to_sender,
            separate=self.separate,
            problems=self.problems,
        )


class RetryBody(RequestModel):
    """Corrections of failed addresses, from the wrong one to the right one."""

    corrections: Annotated[dict[str, str], Field(default_factory=dict, max_length=1_000)]


class HistoryQuery(RequestModel):
    """Filters of the history; all that are given must hold."""

    model_config = ConfigDict(extra="ignore")

    type: DocumentType | None = None
    status: SendStatus | None = None
    q: Annotated[str, Field(max_length=200)] = ""
    from_date: Annotated[Day | None, Field(alias="from")] = None
    to_date: Annotated[Day | None, Field(alias="to")] = None
    recipient: Annotated[str, Field(max_length=320)] = ""
    campaign_id: Annotated[str, Field(max_length=26)] = ""
    document_id: Annotated[str, Field(max_length=26)] = ""

    @property
    def request(self) -> HistoryRequest:
        """The search. Raises InputError when ``recipient`` is no address."""
        addresses, problems = parse_addresses(self.recipient, field="recipient")
        if not problems and len(addresses) > 1:
            problems = [Problem("recipient", "one_address_expected")]
        if problems:
            raise InputError(problems)
        return HistoryRequest(
            type=self.type,
            status=self.status,
            q=self.q,
            from_date=self.from_date,
            to_date=self.to_date,
            recipient=addresses[0] if addresses else "",
            campaign_id=self.campaign_id,
            document_id=self.document_id,
        )


class HistoryPageQuery(HistoryQuery):
    """Filters of the history, and which page of it."""

    cursor: Annotated[str | None, Field(max_length=2_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = PAGE
