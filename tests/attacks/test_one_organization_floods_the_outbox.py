"""One organization sends as many messages as it may, of the slowest text, without pause.

Everybody else must not notice: another organization's single mail is composed and sent after one
batch of the flood at most, however many messages wait before it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from facteur.adapters.sqs import read_due
from facteur.domain.address import MAX_ADDRESSES
from facteur.domain.identity import CampaignId, OrgId
from facteur.ports import DueMessage
from tests.adapters.email.test_links import HOSTILE
from tests.attacks.post_office import BATCH, PostOffice

FLOOD, OTHER = OrgId("flood"), OrgId("boulangerie")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    office = PostOffice(tmp_path)
    yield office
    office.close()


@pytest.mark.feature("B46")
@pytest.mark.parametrize("workers", [1, 2, 5])
def test_a_single_mail_waits_for_one_batch_at_most(office: PostOffice, workers: int) -> None:
    crowd = [f"client{n}@example.com" for n in range(MAX_ADDRESSES)]
    for body in HOSTILE[:2]:
        office.send(FLOOD, *crowd, body=body)
    for _ in range(3):
        office.invoke()
    for _ in range(workers - 1):
        office.receive()
    single = office.send(OTHER, "client@example.org")
    for body in HOSTILE[2:6]:
        office.send(FLOOD, *crowd[:100], body=body)
    before = len(office.mailer.accepted)

    office.invoke()

    mails = office.mailer.accepted[before:]
    assert single in [mail.send for mail in mails]
    assert len(mails) <= BATCH
    assert office.composer.composed.count(single) == 1


@pytest.mark.feature("B46")
def test_the_flood_is_sent_all_the_same(office: PostOffice) -> None:
    flood = office.send(FLOOD, *(f"client{n}@example.com" for n in range(95)), body=HOSTILE[0])
    single = office.send(OTHER, "client@example.org")

    while office.invoke():
        pass

    assert office.mails_of(flood) == 95
    assert office.mails_of(single) == 1


@pytest.mark.feature("B46")
def test_a_campaign_waits_for_one_batch_of_anothers_triggers_at_most(office: PostOffice) -> None:
    campaign = CampaignId("01M86CH3M0KGFGWTNQT91RGNDA")
    now = office.clock.now()
    for _ in range(200):
        office.due.put(DueMessage(organization=FLOOD, campaign=campaign, at=now))
    office.queues.receive("due", BATCH)
    office.due.put(DueMessage(organization=OTHER, campaign=campaign, at=now))

    batch = office.queues.receive("due", BATCH)

    assert OTHER in [read_due(message.body).organization for message in batch]
