"""A person's mark on a failure that they have dealt with, and its removal."""

import logging
from dataclasses import dataclass

from facteur.domain.identity import Caller, SendId
from facteur.services.delivery.settle import SettleSend
from facteur.services.history.read import ReadHistory, SendDetail

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveSend:
    """Marks failures as dealt with."""

    history: ReadHistory
    settle_send: SettleSend

    def resolve(self, caller: Caller, send_id: SendId) -> SendDetail:
        """The Send with its failure marked; repeating it changes nothing.

        Raises NotFoundError, ConflictError ``nothing_to_resolve``.
        """
        return self._mark(caller, send_id, resolved=True)

    def reopen(self, caller: Caller, send_id: SendId) -> SendDetail:
        """The Send without the mark; a failure that a retry has made good is over all the same.

        Raises as ``resolve``.
        """
        return self._mark(caller, send_id, resolved=False)

    def _mark(self, caller: Caller, send_id: SendId, *, resolved: bool) -> SendDetail:
        # First, because notices have rows too, and are not in the history.
        self.history.get(caller, send_id)
        self.settle_send.settle(caller.organization, send_id, resolved=resolved)
        keys = {"organization": caller.organization, "send": send_id, "user": caller.user}
        _log.info("failure marked", extra=keys | {"resolved": resolved})
        return self.history.get(caller, send_id)
