"""A remote mail server answers with whatever reports it likes.

The attacker runs the server of one recipient of a mail to fifty, or has a mailbox there: it sends
bounces that name nobody, name others, spell addresses in ways made to be slow, carry text that
cannot be stored, and complaints that are none. Nobody else must notice: what is known of the other
recipients stays, and every report is recorded or set aside once.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from facteur.adapters.ses_events.parsing import read_event
from facteur.domain.address import mailbox_of
from facteur.domain.identity import SendId
from facteur.domain.message import EventKey, MessageEvent, Outcome, outcomes_of
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.record_ses_event import Recorded, RecordSesEvent
from tests.simulation.world import ORG, World

EVENTS = Path(__file__).parents[2] / "events"
FIFTY = [f"client{number}@x.example" for number in range(50)]


class Mailed:
    """A mail to fifty that the other servers have taken."""

    def __init__(self) -> None:
        self.world = World()
        self.send = self.world.create(*FIFTY)
        self.tell("delivery", "delivery", {"recipients": FIFTY[:49]})

    def tell(self, name: str, part: str, changes: dict[str, Any]) -> Recorded:
        """Record the SES event of a file with ``changes`` to its own part."""
        file = json.loads((EVENTS / f"track-{name}.json").read_text("utf-8"))
        body = json.loads(file["Records"][0]["body"])
        body[part] |= changes
        body["mail"]["tags"] |= {"org": [ORG], "send": [self.send], "message": ["0"]}
        event = read_event(json.dumps(body))
        store = self.world.store
        recorder = RecordSesEvent(store=store, cache=SendCache(store), tell=self.world.tell)
        return recorder.record(event)

    def bounce(self, kind: str, subtype: str, *recipients: dict[str, str]) -> Recorded:
        changes = {
            "bounceType": kind,
            "bounceSubType": subtype,
            "bouncedRecipients": list(recipients),
        }
        return self.tell("bounce", "bounce", changes)

    def outcomes(self) -> list[Outcome]:
        [planned] = self.world.store.of(ORG).sends[SendId(self.send)].messages()
        state = self.world.store.sends(ORG).find_message(self.send, 0)
        return [one.outcome for one in outcomes_of(planned, state)]


UNHARMED = [Outcome.DELIVERED] * 49


@pytest.mark.parametrize(
    "kind",
    [("Permanent", "General"), ("Transient", "MailboxFull"), ("Undetermined", "Undetermined")],
)
def test_a_bounce_that_names_nobody_fails_nobody_of_fifty_and_rings(kind: tuple[str, str]) -> None:
    mailed = Mailed()

    recorded = mailed.bounce(*kind)

    assert recorded.names_nobody
    assert mailed.outcomes() == [*UNHARMED, Outcome.SENT]


def test_an_automatic_reply_in_the_name_of_everybody_fails_nobody_who_was_reached() -> None:
    mailed = Mailed()

    mailed.bounce("Transient", "General", *({"emailAddress": address} for address in FIFTY))

    assert mailed.outcomes() == [*UNHARMED, Outcome.BOUNCED]


def test_a_permanent_bounce_fails_only_whose_delivery_its_report_says_failed() -> None:
    mailed = Mailed()

    mailed.bounce(
        "Permanent",
        "General",
        {"emailAddress": FIFTY[49], "action": "failed", "status": "5.1.1"},
        {"emailAddress": FIFTY[0], "action": "delayed", "status": "4.0.0"},
        {"emailAddress": FIFTY[1], "action": "relayed"},
    )

    assert mailed.outcomes() == [*UNHARMED, Outcome.BOUNCED]


def test_a_refusal_after_acceptance_is_not_hidden_by_the_acceptance() -> None:
    mailed = Mailed()

    mailed.bounce("Transient", "MailboxFull", {"emailAddress": FIFTY[0], "action": "failed"})

    assert mailed.outcomes() == [Outcome.BOUNCED, *UNHARMED[1:], Outcome.SENT]


@pytest.mark.parametrize(
    "spelled",
    ["(" * 200_000, "<" * 200_000, '"\\' * 100_000, "rfc822;" * 30_000, "'" * 900 + "@x.example"],
)
def test_an_address_made_to_be_slow_or_deep_to_read_matches_nobody(spelled: str) -> None:
    mailed = Mailed()

    recorded = mailed.bounce("Permanent", "General", {"emailAddress": spelled, "action": "failed"})

    assert recorded.unmatched == 1
    assert mailed.outcomes() == [*UNHARMED, Outcome.SENT]
    assert len(mailbox_of(spelled)) <= len(spelled)


def test_half_a_character_in_the_words_of_a_server_can_be_stored() -> None:
    mailed = Mailed()

    mailed.bounce(
        "Permanent",
        "General",
        {"emailAddress": FIFTY[49], "action": "failed", "diagnosticCode": "550 \ud800"},
    )

    state = mailed.world.store.sends(ORG).find_message(mailed.send, 0)
    assert state is not None
    said = state.events[EventKey(MessageEvent.HARD_BOUNCED, 49)]
    assert said.detail.encode() == b"550 ?"


def test_a_report_that_a_mail_is_no_spam_accuses_nobody() -> None:
    mailed = Mailed()
    changes = {"complainedRecipients": [{"emailAddress": FIFTY[0]}]}

    mailed.tell("complaint-not-spam", "complaint", changes)

    assert mailed.outcomes() == [*UNHARMED, Outcome.SENT]
