"""Records what SES reports about addresses, for those who write to them again."""

from dataclasses import dataclass

from facteur.domain.forgetting import is_forgotten
from facteur.domain.identity import OrgId
from facteur.domain.known_recipient import AddressStanding, standing_of
from facteur.domain.message import MessageEvent, Outcome, RecipientOutcome
from facteur.domain.requests import SendFilter
from facteur.domain.send import recipient_outcomes
from facteur.domain.send_row import SendRow
from facteur.ports import SesEvent, Store
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.record_ses_event import concerned_by

_LATER_SENDS = 3
"""Later Sends to an address that are looked at before it stays flagged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStandings:
    """Flags addresses that mail cannot or must not reach, until a mail is delivered again."""

    store: Store
    cache: SendCache

    def record(self, ses_event: SesEvent) -> None:
        """Record what an event says of the addresses that it concerns.

        Called once the event itself is recorded, and again when it comes again. A delivery to an
        address that is not flagged costs one read. Raises NotFoundError for a message that is not
        ours.
        """
        planned = self.cache.get(ses_event.organization, ses_event.send).message(ses_event.message)
        repository = self.store.recipients(ses_event.organization)
        for index, named in concerned_by(ses_event, planned):
            standing = standing_of(
                named.event,
                at=ses_event.at,
                send=ses_event.send,
                code=named.code,
                detail=named.detail,
            )
            if index is None or standing is None:
                continue
            address = planned.envelope[index].address
            if is_forgotten(address):
                continue
            repository.record(address, standing)
            if standing.is_flagged:
                self._clear(ses_event.organization, address, standing)

    def _clear(self, organization: OrgId, address: str, flag: AddressStanding) -> None:
        """Withdraw a flag that comes too late: a later Send was delivered meanwhile.

        That delivery stored nothing, as there was no flag then.
        """
        sends = self.store.sends(organization)
        wanted = SendFilter.model_construct(recipient=address)
        for row in sends.list_page(wanted, cursor=None, limit=_LATER_SENDS).items:
            if row.id <= flag.send:
                return
            outcome = self._outcome(organization, row, address)
            if outcome is None or outcome.outcome is not Outcome.DELIVERED or outcome.at is None:
                continue
            standing = standing_of(MessageEvent.DELIVERED, at=outcome.at, send=row.id)
            if standing is not None:
                self.store.recipients(organization).record(address, standing)

    def _outcome(self, organization: OrgId, row: SendRow, address: str) -> RecipientOutcome | None:
        sends = self.store.sends(organization)
        outcomes = recipient_outcomes(sends.get(row.id), sends.get_messages(row.id))
        same = (one for one in outcomes if one.address.casefold() == address.casefold())
        return next(same, None)
