"""One attempt at a delivery, and what follows from it for the delivery and its webhook."""

from datetime import timedelta
from itertools import pairwise

import pytest
from standardwebhooks import Webhook as Reference

from facteur.domain.webhook import DisabledReason, WebhookDraft
from facteur.domain.webhook_delivery import AttemptError, DeliveryState
from facteur.ports import ReceiverAnswer
from facteur.services.webhooks.notify import NotifyResult
from tests.fakes import Posted
from tests.unit.services.webhooks.world import (
    CLAIRE,
    FAILED,
    ORG,
    URL,
    Hooks,
    hook_ids,
    message_for,
)


def is_signed(hooks: Hooks, posted: Posted, secret: str) -> bool:
    """Does the reference library sign the same?"""
    signature = Reference(secret).sign(
        posted.headers["webhook-id"], hooks.clock.now(), posted.body.decode()
    )
    return signature in posted.headers["webhook-signature"].split(" ")


def test_what_is_due_is_signed_and_posted_once() -> None:
    hooks = Hooks()
    delivery = hooks.owe(hooks.webhook())

    notified = hooks.attempt()

    [posted] = hooks.receivers.posted
    [secret] = hooks.store.webhooks(ORG).get_secrets(delivery.webhook)
    assert notified.result is NotifyResult.DELIVERED
    assert posted.target.authority == "erp.atelier.example"
    assert posted.body.decode() == delivery.body
    assert posted.headers["webhook-id"] == delivery.id
    assert posted.headers["webhook-timestamp"] == str(int(hooks.clock.now().timestamp()))
    assert is_signed(hooks, posted, secret.text)
    assert hooks.stored(delivery).state is DeliveryState.DELIVERED


def test_message_that_comes_again_is_not_posted_again() -> None:
    hooks = Hooks()
    delivery = hooks.owe(hooks.webhook())
    hooks.attempt()

    again = hooks.notifier.attempt(message_for(delivery))

    assert again.result is NotifyResult.NOT_DUE
    assert len(hooks.receivers.posted) == 1


def test_message_that_comes_before_its_time_does_nothing() -> None:
    hooks = Hooks()
    hooks.receivers.usual = FAILED
    delivery = hooks.owe(hooks.webhook())
    hooks.attempt()

    early = hooks.notifier.attempt(message_for(delivery))

    assert early.result is NotifyResult.NOT_DUE
    assert len(hooks.receivers.posted) == 1


def test_failures_are_repeated_after_growing_waits_for_three_days() -> None:
    hooks = Hooks()
    hooks.receivers.usual = FAILED
    delivery = hooks.owe(hooks.webhook())

    hooks.pass_time(timedelta(days=4))

    attempts = hooks.stored(delivery).attempts
    waits = [b.at - a.at for a, b in pairwise(attempts)]
    lag = timedelta(minutes=5)
    expected = [5, 300, 1_800, 7_200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200]
    for wait, seconds in zip(waits, expected, strict=False):
        assert timedelta(seconds=seconds) <= wait <= timedelta(seconds=seconds) + lag
    assert timedelta(days=3) <= attempts[-1].at - delivery.created_at <= timedelta(days=3) + lag
    assert hooks.stored(delivery).state is DeliveryState.FAILED
    assert hook_ids(hooks.receivers) == {delivery.id}


def test_short_waits_are_left_to_the_queue_and_long_ones_to_reconcile() -> None:
    hooks = Hooks()
    hooks.receivers.usual = FAILED
    hooks.owe(hooks.webhook())

    hooks.attempt()
    short = list(hooks.queue.delays)
    hooks.work()

    assert short == [timedelta(seconds=5)]
    assert hooks.queue.messages == []
    assert hooks.reconcile().enqueued.total() == 0
    hooks.clock.advance(timedelta(minutes=30))
    assert hooks.reconcile().enqueued.total() == 1


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 429, 500, 503])
def test_only_a_status_of_success_delivers(status: int) -> None:
    hooks = Hooks()
    hooks.receivers.answers = [ReceiverAnswer(status, "")]
    delivery = hooks.owe(hooks.webhook())

    assert hooks.attempt().result is NotifyResult.RETRIED
    assert hooks.stored(delivery).attempts[0].status == status


def test_why_there_was_no_answer_is_recorded() -> None:
    hooks = Hooks()
    hooks.receivers.answers = [ReceiverAnswer(error=AttemptError.TIMEOUT)]
    delivery = hooks.owe(hooks.webhook())

    hooks.attempt()

    [attempt] = hooks.stored(delivery).attempts
    assert (attempt.status, attempt.error) == (None, AttemptError.TIMEOUT)


def test_410_disables_at_once() -> None:
    hooks = Hooks()
    webhook = hooks.webhook()
    hooks.receivers.answers = [ReceiverAnswer(410, "")]
    first, second = hooks.owe(webhook), hooks.owe(webhook)

    hooks.work()

    stored = hooks.current(webhook)
    assert (stored.enabled, stored.disabled_reason) == (False, DisabledReason.GONE)
    assert [hooks.stored(one).state for one in (first, second)] == [DeliveryState.FAILED] * 2
    assert len(hooks.receivers.posted) == 1


def test_one_success_in_three_days_keeps_it_enabled() -> None:
    hooks = Hooks()
    webhook = hooks.webhook()
    hooks.receivers.usual = FAILED
    first = hooks.owe(webhook)
    hooks.pass_time(timedelta(days=1))
    hooks.receivers.answers = [ReceiverAnswer(200, "")]
    hooks.owe(webhook)

    hooks.pass_time(timedelta(days=2, hours=1))

    assert hooks.stored(first).state in (DeliveryState.FAILED, DeliveryState.DELIVERED)
    assert hooks.current(webhook).enabled


def test_success_ends_what_was_failing() -> None:
    hooks = Hooks()
    webhook = hooks.webhook()
    hooks.receivers.answers = [FAILED]
    hooks.owe(webhook)

    hooks.attempt()
    failing = hooks.current(webhook).failing_since
    hooks.work()

    assert failing is not None
    assert hooks.current(webhook).failing_since is None


def test_person_who_changes_the_webhook_meanwhile_is_not_overruled() -> None:
    hooks = Hooks()
    webhook = hooks.webhook()
    hooks.receivers.answers = [ReceiverAnswer(410, "")]
    hooks.owe(webhook)

    def change(_: Posted) -> None:
        draft = WebhookDraft("https://new.example/", webhook.events, enabled=True)
        hooks.edit.replace(CLAIRE, webhook.id, draft, version=webhook.version)

    hooks.receivers.on_post = change
    hooks.attempt()

    assert hooks.current(webhook).enabled
    assert hooks.current(webhook).url == "https://new.example/"


def test_test_event_reaches_a_disabled_webhook_once_and_changes_nothing_of_it() -> None:
    hooks = Hooks()
    webhook = hooks.webhook()
    draft = WebhookDraft(URL, webhook.events, enabled=False)
    disabled = hooks.edit.replace(CLAIRE, webhook.id, draft, version=1)
    hooks.receivers.answers = [FAILED]
    delivery = hooks.owe(webhook, is_test=True)

    result = hooks.attempt().result

    assert result is NotifyResult.GIVEN_UP
    assert hooks.queue.messages == []
    assert hooks.current(webhook) == disabled
    assert hooks.stored(delivery).state is DeliveryState.FAILED


def test_delivery_of_a_deleted_webhook_ends_without_an_attempt() -> None:
    hooks = Hooks()
    webhook = hooks.webhook()
    delivery = hooks.owe(webhook)
    hooks.edit.delete(CLAIRE, webhook.id)

    assert hooks.attempt().result is NotifyResult.DISABLED
    assert hooks.stored(delivery).due_at is None
    assert hooks.receivers.posted == []


def test_both_secrets_sign_for_a_day_after_a_rotation() -> None:
    hooks = Hooks()
    webhook = hooks.webhook()
    [old] = hooks.store.webhooks(ORG).get_secrets(webhook.id)
    new = hooks.edit.rotate(CLAIRE, webhook.id).secret
    assert new is not None

    hooks.owe(webhook)
    hooks.work()
    during = [is_signed(hooks, hooks.receivers.posted[-1], one.text) for one in (old, new)]
    hooks.clock.advance(timedelta(hours=24))
    hooks.owe(webhook)
    hooks.work()
    after = [is_signed(hooks, hooks.receivers.posted[-1], one.text) for one in (old, new)]

    assert (during, after) == ([True, True], [False, True])
