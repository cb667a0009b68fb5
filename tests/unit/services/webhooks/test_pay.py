"""What reconcile pays: deliveries that are due, and the mail about a disabled webhook."""

from datetime import timedelta

from facteur.domain.account import Account
from facteur.domain.identity import Caller, OrgId, UserId, UserRole
from facteur.domain.settings import Profile
from facteur.domain.webhook import WebhookDraft
from facteur.ports import ReceiverAnswer
from facteur.services.webhooks.pay import SHARE
from tests.unit.services.webhooks.world import CLAIRE, FAILED, ORG, URL, Hooks

GONE = ReceiverAnswer(410, "")


def with_people(hooks: Hooks) -> None:
    data = hooks.store.of(ORG)
    data.account = Account(exclusive_domains=("atelier.example",))
    for user, role in (
        ("claire", UserRole.ADMIN),
        ("paul", UserRole.ADMIN),
        ("zoe", UserRole.MEMBER),
    ):
        profile = Profile(user=UserId(user), name=user, email=f"{user}@atelier.example", role=role)
        data.profiles[profile.user] = profile


def test_message_that_was_lost_is_enqueued_again_after_a_quarter_of_an_hour() -> None:
    hooks = Hooks()
    hooks.owe(hooks.webhook())
    hooks.queue.messages.clear()
    hooks.queue.delays.clear()

    early = hooks.reconcile().enqueued.total()
    hooks.clock.advance(timedelta(minutes=15))
    late = hooks.reconcile().enqueued.total()
    hooks.work()

    assert (early, late) == (0, 1)
    assert len(hooks.receivers.posted) == 1


def test_what_is_only_late_does_not_multiply_in_the_queue() -> None:
    hooks = Hooks()
    hooks.owe(hooks.webhook())

    for _ in range(12 * 24):
        hooks.clock.advance(timedelta(minutes=5))
        hooks.reconcile()

    # After 15 minutes, then each time after as long as it is late: 30 minutes, an hour, two …
    assert len(hooks.queue.messages) == 1 + 7


def test_administrators_are_mailed_once_when_a_webhook_is_disabled() -> None:
    hooks = Hooks()
    with_people(hooks)
    webhook = hooks.webhook()
    hooks.receivers.answers = [GONE]
    hooks.owe(webhook)
    hooks.work()

    first, second = hooks.reconcile(), hooks.reconcile()

    sends = hooks.store.of(ORG).sends.values()
    assert (first.notices, second.notices) == (2, 0)
    assert {send.recipients[0].address for send in sends} == {
        "claire@atelier.example",
        "paul@atelier.example",
    }
    assert {message.send for message in hooks.outbox.messages} == {send.id for send in sends}
    assert all("erp.atelier.example" in send.body for send in sends)
    assert all("/facteur" not in send.body for send in sends)
    assert not hooks.current(webhook).owes_notice


def test_mail_is_repeated_for_nobody_when_the_process_dies_in_between() -> None:
    hooks = Hooks()
    with_people(hooks)
    webhook = hooks.webhook()
    hooks.receivers.answers = [GONE]
    hooks.owe(webhook)
    hooks.work()

    def die_at_the_end(step: str) -> None:
        if step == "change_webhook":
            raise KeyError(step)

    hooks.store.on_write = die_at_the_end
    died = hooks.reconcile()
    hooks.store.on_write = lambda _: None
    hooks.clock.advance(timedelta(minutes=15))
    again = hooks.reconcile()

    assert (died.failed, again.notices) == (1, 0)
    assert len(hooks.store.of(ORG).sends) == 2
    assert not hooks.current(webhook).owes_notice


def test_webhook_that_is_enabled_again_before_owes_nothing() -> None:
    hooks = Hooks()
    with_people(hooks)
    webhook = hooks.webhook()
    hooks.receivers.answers = [GONE]
    hooks.owe(webhook)
    hooks.work()
    stored = hooks.current(webhook)
    draft = WebhookDraft(URL, stored.events, enabled=True)
    hooks.edit.replace(CLAIRE, webhook.id, draft, version=stored.version)

    assert hooks.reconcile().notices == 0


def test_one_item_that_fails_does_not_keep_the_others() -> None:
    hooks = Hooks()
    webhook = hooks.webhook()
    broken, whole = hooks.owe(webhook), hooks.owe(webhook)
    hooks.queue.messages.clear()
    hooks.queue.delays.clear()
    hooks.clock.advance(timedelta(minutes=15))
    failures = iter([True])

    def fail_once(step: str) -> None:
        if step == "take_hook" and next(failures, False):
            raise ValueError(broken.id)

    hooks.store.on_write = fail_once
    paid = hooks.reconcile()

    assert (paid.failed, paid.enqueued.total()) == (1, 1)
    assert [message.hook for message in hooks.queue.messages] == [whole.id]


def test_each_webhook_has_a_share_of_a_run() -> None:
    hooks = Hooks()
    crowd = Caller(OrgId("foule"), UserId("x"), "x@foule.example", "X", UserRole.ADMIN)
    loud, quiet = hooks.webhook(crowd), hooks.webhook()
    for _ in range(SHARE + 100):
        hooks.owe(loud, organization=crowd.organization)
    hooks.clock.advance(timedelta(seconds=1))
    hooks.owe(quiet)
    hooks.receivers.usual = FAILED
    hooks.queue.messages.clear()
    hooks.queue.delays.clear()
    hooks.clock.advance(timedelta(minutes=16))

    paid = hooks.reconcile()

    assert paid.enqueued == {loud.id: SHARE, quiet.id: 1}
