"""A person resolves a failure that they have dealt with, or reopens it."""

import logging
from dataclasses import dataclass

from facteur.domain.identity import Caller, SendId
from facteur.services.delivery.occasion import Occasion
from facteur.services.delivery.settle import SettleSend
from facteur.services.history.read import ReadHistory, SendDetail

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveSend:
    """Resolves and reopens failures."""

    history: ReadHistory
    settle_send: SettleSend

    def resolve(self, caller: Caller, send_id: SendId) -> SendDetail:
        """The Send with its failure resolved; repeating it changes nothing.

        Raises NotFoundError, ConflictError ``nothing_to_resolve``.
        """
        return self._settle(caller, send_id, resolved=True)

    def reopen(self, caller: Caller, send_id: SendId) -> SendDetail:
        """The Send as before ``resolve``; a failure that a retry has made good stays over.

        Raises as ``resolve``.
        """
        return self._settle(caller, send_id, resolved=False)

    def _settle(self, caller: Caller, send_id: SendId, *, resolved: bool) -> SendDetail:
        # First, because notices have rows too, and are not in the history.
        self.history.get(caller, send_id)
        self.settle_send.settle(caller.organization, send_id, Occasion(resolved=resolved))
        keys = {"organization": caller.organization, "send": send_id, "user": caller.user}
        _log.info("failure resolved or reopened", extra=keys | {"resolved": resolved})
        return self.history.get(caller, send_id)
