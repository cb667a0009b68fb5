"""Warns, before a mail is sent, of what earlier mails say about its recipients."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from facteur.domain.address import Role
from facteur.domain.document import Document
from facteur.domain.identity import OrgId, SendId
from facteur.domain.known_recipient import AddressStanding, AddressState
from facteur.domain.message import Outcome, RecipientOutcome
from facteur.domain.preview import PreviewWarning
from facteur.domain.requests import SendFilter
from facteur.domain.send import ROW_RECIPIENTS, Origin, Send, recipient_outcomes
from facteur.domain.send_row import SendRow
from facteur.domain.settings import OrganizationSettings
from facteur.ports import Renderer, Sends, Store

MAX_NAMED = 5
"""Recipients named in warnings of one kind; the others are counted."""
LOOKED_AT = 20
"""Earlier Sends of a document that are looked at, the latest."""
LARGE_LOOKED_AT = 5
"""Those among them, for all documents, whose row does not show every recipient."""
_NOT_SENT = {Outcome.BOUNCED, Outcome.REJECTED, Outcome.FAILED}


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnOfRecipients:
    """Finds warnings. What is read for them is bounded, whatever the organization has sent."""

    store: Store
    renderer: Renderer

    def of_standings(
        self, organization: OrgId, send: Send, settings: OrganizationSettings
    ) -> Iterator[PreviewWarning]:
        """Recipients whose mail came back, who complained, or whom the mail service blocks."""
        addresses = [recipient.address for recipient in send.recipients]
        standings = self.store.recipients(organization).find_standings(addresses)
        flagged = [
            (address, standing)
            for address in addresses
            if (standing := standings.get(address.casefold())) is not None and standing.is_flagged
        ]
        for address, standing in flagged[:MAX_NAMED]:
            yield _warning_of(address, standing, date=self._when(standing.at, settings)["date"])
        if count := len(flagged[MAX_NAMED:]):
            yield PreviewWarning("recipients_flagged", {"count": count})

    def of_repetition(
        self,
        organization: OrgId,
        send: Send,
        documents: Sequence[tuple[Document, dt.date]],
        settings: OrganizationSettings,
    ) -> Iterator[PreviewWarning]:
        """Recipients who have had a document already, with the date that it carries now."""
        addresses = [recipient.address for recipient in send.recipients]
        earlier = _EarlierSends(self.store.sends(organization))
        for document, date in documents:
            name = document.content.name if len(documents) > 1 else ""
            had = earlier.recipients_of(document, date)
            again = [address for address in addresses if address.casefold() in had]
            for address in again[:MAX_NAMED]:
                when = self._when(had[address.casefold()], settings)
                params = {"address": address, "type": document.type.value, **when}
                yield PreviewWarning("already_sent", {**params}, name)
            if count := len(again[MAX_NAMED:]):
                yield PreviewWarning("already_sent_to_others", {"count": count}, name)

    def _when(self, at: dt.datetime, settings: OrganizationSettings) -> dict[str, str]:
        local = at.astimezone(ZoneInfo(settings.timezone))
        date = self.renderer.format_date(local.date(), settings.locale)
        return {"date": date, "time": f"{local:%H:%M}"}


def _warning_of(address: str, standing: AddressStanding, *, date: str) -> PreviewWarning:
    params = {"address": address, "date": date}
    match standing.state:
        case AddressState.COMPLAINED:
            return PreviewWarning("recipient_complained", {**params})
        case AddressState.SUPPRESSED:
            return PreviewWarning("recipient_suppressed", {**params})
        case _:
            return PreviewWarning("recipient_bounced", {**params, "failure": standing.code})


@dataclass(slots=True)
class _EarlierSends:
    """Who has had which document; each Send is read once."""

    sends: Sends
    _large: dict[SendId, Sequence[RecipientOutcome]] = field(default_factory=dict)

    def recipients_of(self, document: Document, date: dt.date) -> Mapping[str, dt.datetime]:
        """The latest instant at which each address, in lower case, was sent a document."""
        wanted = SendFilter.model_construct(document_id=document.id)
        had: dict[str, dt.datetime] = {}
        for row in self.sends.list_page(wanted, cursor=None, limit=LOOKED_AT).items:
            carried = {frozen.date for frozen in row.documents if frozen.id == document.id}
            if row.origin is Origin.TEST or date not in carried:
                continue
            for outcome in self._outcomes(row):
                if outcome.role is not Role.COPY and outcome.outcome not in _NOT_SENT:
                    had.setdefault(outcome.address.casefold(), row.queued_at)
        return had

    def _outcomes(self, row: SendRow) -> Sequence[RecipientOutcome]:
        """The outcomes of a Send; of a large one beyond the limit, those that its row shows."""
        shown = row.progress.recipients
        if row.recipient_count <= ROW_RECIPIENTS - row.copy_to_sender:
            return shown
        if row.id not in self._large:
            if len(self._large) == LARGE_LOOKED_AT:
                return shown
            states = self.sends.get_messages(row.id)
            self._large[row.id] = recipient_outcomes(self.sends.get(row.id), states)
        return self._large[row.id]
