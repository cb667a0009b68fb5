"""Records what SES reports about a message: marks that are only ever added."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from facteur.domain.message import (
    Mark,
    MarkKey,
    MessageState,
    PlannedMessage,
    Seen,
    merge_mark,
)
from facteur.domain.receipt import Receipt
from facteur.ports import Store
from facteur.services.known_sends import KnownSends

_NEVER_ACCEPTED = {Mark.REJECTED, Mark.FAILED}
_WHOLE_MESSAGE = {Mark.SENT, Mark.REJECTED, Mark.FAILED}


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a receipt came to.

    ``is_new``: it left a mark. ``unmatched`` counts its addresses that are not in the envelope:
    what it says of them is lost (a recipient may have mail forwarded, and that address bounces).
    """

    is_new: bool
    unmatched: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Adds to messages what SES tells of them."""

    store: Store
    known: KnownSends

    def record(self, receipt: Receipt) -> Recorded:
        """Add the marks of a receipt.

        Reads before it writes: an event told twice costs a read. Raises NotFoundError for a message
        that is not of ours.
        """
        planned = self.known.get(receipt.organization, receipt.send).message(receipt.message)
        sends = self.store.sends(receipt.organization)
        state = sends.find_message(receipt.send, receipt.message) or MessageState(planned.n)
        marks = {
            key: seen
            for key, seen in marks_of(receipt, planned).items()
            if merge_mark(seen, known := state.marks.get(key), mark=key.mark) != known
        }
        if marks:
            sends.mark(receipt.send, receipt.message, marks, ses_message_id=receipt.ses_message_id)
        return Recorded(bool(marks), _unmatched(receipt, planned))


def marks_of(receipt: Receipt, planned: PlannedMessage) -> dict[MarkKey, Seen]:
    """The marks a receipt leaves on its message. Any event but a refusal proves acceptance."""
    marks = {}
    if receipt.mark not in _NEVER_ACCEPTED:
        marks[MarkKey(Mark.SENT)] = Seen(receipt.accepted_at)
    if receipt.mark in _WHOLE_MESSAGE:
        marks.setdefault(MarkKey(receipt.mark), Seen(receipt.at, receipt.code, receipt.detail))
        return marks
    for index, detail in _concerned(receipt, planned):
        seen = Seen(receipt.at, receipt.code, detail or receipt.detail)
        marks[MarkKey(receipt.mark, index)] = seen
    return marks


def _concerned(receipt: Receipt, planned: PlannedMessage) -> Iterator[tuple[int, str]]:
    """Places in the envelope that a receipt concerns, with the remote server's words."""
    if _concerns_all(receipt, planned):
        detail = receipt.details[0] if receipt.details else ""
        yield from ((index, detail) for index in range(len(planned.envelope)))
        return
    for address, detail in zip_longest(receipt.addresses, receipt.details, fillvalue=""):
        index = planned.index_of(address)
        if index is not None:
            yield index, detail


def _concerns_all(receipt: Receipt, planned: PlannedMessage) -> bool:
    """Does it name nobody, or is there only one whom it can mean?"""
    return not receipt.addresses or len(planned.envelope) == 1


def _unmatched(receipt: Receipt, planned: PlannedMessage) -> int:
    if _concerns_all(receipt, planned):
        return 0
    return sum(planned.index_of(address) is None for address in receipt.addresses)
