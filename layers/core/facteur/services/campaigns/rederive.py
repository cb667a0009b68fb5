"""Derives stored instants again from nominal times when the rules of time zones have changed.

A layer with a newer time-zone database may move 08:00 by an hour on the same day. What comes due
uses the present rules anyway (``run``); but one that has moved earlier would be found only at the
instant stored before, and a schedule for a single instant would still trigger then.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfoNotFoundError

from facteur.domain.campaign import Campaign, rederived
from facteur.domain.errors import NotFoundError, TransientError
from facteur.domain.identity import OrgId
from facteur.domain.recurrence import Once
from facteur.domain.rules_check import check_of
from facteur.ports import Clock, Overdue, RulesChecks, Store, WaitingCampaign
from facteur.services.campaigns.sync_schedule import SyncSchedule

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RederiveInstants:
    """Compares the instants of all waiting campaigns with the present rules, once for each rules.

    ``rules`` identifies those of this process. Reads the index of deadlines, in which every active
    campaign has its next occurrence: nothing is scanned.
    """

    store: Store
    overdue: Overdue
    checks: RulesChecks
    sync_schedule: SyncSchedule
    clock: Clock
    rules: Callable[[], str]

    def rederive(self, *, has_time: Callable[[], bool]) -> int:
        """Derive again what has changed, as long as there is time; return how many campaigns.

        The next call goes on where time ran out. Raises TransientError; then the next call repeats.
        """
        now = self.clock.now()
        check = check_of(self.checks.find(), self.rules(), now)
        if not check.is_due(now):
            return 0
        changed = 0
        for waiting in self.overdue.list_waiting(check.checked_until):
            if not has_time():
                self.checks.put(replace(check, checked_until=waiting.overdue_at))
                return changed
            changed += self._rederive(waiting)
        self.checks.put(check.after_pass())
        return changed

    def _rederive(self, waiting: WaitingCampaign) -> bool:
        organization, before = waiting.organization, waiting.campaign
        keys = {"organization": organization, "campaign": before.id}
        try:
            after = rederived(before)
            if after == before:
                return False
            # Refused if it was changed meanwhile, which derived its instant by the present rules.
            changed = self.store.campaigns(organization).change(before, after)
        except NotFoundError:
            return False
        except ZoneInfoNotFoundError:
            _log.exception("time zone unknown", extra=keys)
            return False
        _log.info("instant derived again", extra=keys)
        if changed and isinstance(after.draft.recurrence, Once):
            self._sync(organization, after)
        return changed

    def _sync(self, organization: OrgId, campaign: Campaign) -> None:
        """Move the schedule of a single instant; reconcile repairs it once it is overdue."""
        try:
            self.sync_schedule.sync(organization, campaign)
        except TransientError as error:
            keys = {"organization": organization, "campaign": campaign.id, "code": error.code}
            _log.warning("left to reconcile", extra=keys, exc_info=error)
