"""Enqueues deliveries that are due and not in the queue, and tells of disabled webhooks."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import islice

from facteur.domain.deadlines import WORK_DEADLINE
from facteur.domain.errors import ConflictError, DailyLimitError, NotFoundError
from facteur.domain.idempotency import webhook_notice_key
from facteur.domain.identity import HookId, OrgId, SendId, WebhookId
from facteur.domain.settings import Profile
from facteur.domain.webhook import Webhook
from facteur.domain.webhook_delivery import checked_again
from facteur.domain.webhook_notice import disabled_notice
from facteur.ports import (
    Clock,
    HookMessage,
    HookQueue,
    Ids,
    Outbox,
    OutboxMessage,
    OverdueHook,
    OverdueHooks,
    Store,
)
from facteur.services.people import administrators_of, sender_for, settings_of

MOST_READ = 20_000
"""Overdue deliveries that one run looks at."""
SHARE = 500
"""Deliveries of one webhook that one run enqueues: its others wait, those of others do not."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class PaidHooks:
    """What a run did."""

    enqueued: Counter[WebhookId] = field(default_factory=Counter)
    notices: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PayHooks:
    """Pays what webhooks are owed, the longest overdue first, in shares."""

    store: Store
    overdue: OverdueHooks
    queue: HookQueue
    outbox: Outbox
    clock: Clock
    ids: Ids

    def pay(self, *, has_time: Callable[[], bool]) -> PaidHooks:
        """Pay as long as there is time. An item that fails is tried again when its lease ends."""
        paid = PaidHooks()
        try:
            self._pay_each(paid, has_time)
        except Exception:  # noqa: BLE001 - the list itself: the next run reads it again
            paid.failed += 1
            _log.exception("hooks not listed")
        return paid

    def _pay_each(self, paid: PaidHooks, has_time: Callable[[], bool]) -> None:
        for item in islice(self.overdue.list_overdue(self.clock.now()), MOST_READ):
            if not has_time():
                break
            if item.hook is not None and paid.enqueued[item.webhook] >= SHARE:
                continue
            try:
                if item.hook is None:
                    paid.notices += self._tell_administrators(item)
                elif self._enqueue(item, item.hook):
                    paid.enqueued[item.webhook] += 1
            except Exception:  # noqa: BLE001 - the others are next
                paid.failed += 1
                _log.exception("hook not paid", extra=asdict(item))

    def _enqueue(self, item: OverdueHook, hook: HookId) -> bool:
        now = self.clock.now()
        delivery = self.store.webhooks(item.organization).find_delivery(item.webhook, hook)
        until = checked_again(delivery, now=now) if delivery is not None else now + WORK_DEADLINE
        if not self.overdue.take(item, until=until) or delivery is None:
            return False
        self.queue.put(
            [HookMessage(organization=item.organization, webhook=item.webhook, hook=hook)]
        )
        return True

    def _tell_administrators(self, item: OverdueHook) -> int:
        """Mail each administrator once, then note that it is done; how many were mailed."""
        now = self.clock.now()
        if not self.overdue.take(item, until=now + WORK_DEADLINE):
            return 0
        webhooks = self.store.webhooks(item.organization)
        try:
            webhook = webhooks.get(item.webhook)
        except NotFoundError:
            return 0
        people = administrators_of(self.store.settings(item.organization))
        mailed = sum(self._mail(item.organization, webhook, one, now) for one in people)
        # Refused when somebody has enabled it meanwhile: then nothing is owed.
        webhooks.change(webhook, replace(webhook, owes_notice=False))
        return mailed

    def _mail(
        self, organization: OrgId, webhook: Webhook, administrator: Profile, now: datetime
    ) -> bool:
        settings = self.store.settings(organization)
        account = settings.get_account()
        keys = {"organization": organization, "webhook": webhook.id}
        try:
            sender = sender_for(settings, administrator, settings_of(settings), account)
            notice = disabled_notice(
                webhook,
                administrator,
                sender,
                notice_id=SendId(self.ids.new_id(now)),
                now=now,
            )
            creation = self.store.sends(organization).create(
                notice,
                idempotency_key=webhook_notice_key(webhook, administrator.user),
                daily_limit=account.messages_per_day,
            )
        except (ConflictError, DailyLimitError) as error:
            _log.warning("disabled webhook not told", extra=keys | {"code": error.code})
            return False
        if creation.created:
            # Lost with this process, it is overdue itself.
            self.outbox.put([OutboxMessage(organization=organization, send=notice.id, n=0)])
        return creation.created
