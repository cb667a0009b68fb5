"""Triggers that come late, twice, fifty times or never."""

import json
from pathlib import Path

import pytest

from tests.e2e_api.conftest import START
from tests.e2e_api.facteur import Facteur

MONDAY = "2041-01-21T07:00:00.000Z"
NEXT_MONDAY = "2041-01-28T07:00:00.000Z"


def same_instant(one: str, other: str) -> bool:
    """Whether both texts mean the same second."""
    return one[:19] == other[:19]


@pytest.mark.feature("B3")
def test_a_lost_trigger_is_made_up_for_ten_minutes_later(facteur: Facteur) -> None:
    facteur.campaign(facteur.document())
    facteur.fault("scheduler", "drop", 1)

    facteur.move_to("2041-01-21T12:00:00Z")

    [mail] = facteur.mails()
    [send] = facteur.history()
    assert mail.received_at.startswith("2041-01-21T07:1")
    assert same_instant(send["occurrence_at"], MONDAY)


@pytest.mark.feature("B3")
def test_after_three_hours_without_a_system_all_is_sent_late_and_says_so(tmp_path: Path) -> None:
    facteur = Facteur(tmp_path, at=START)
    document = facteur.document()
    for n in range(5):
        facteur.campaign(document, subject=f"Liste {n}")
    facteur.move_to("2041-01-21T06:00:00Z")
    facteur.stop()
    facteur.sleep_until("2041-01-21T10:00:00Z")

    facteur.start()
    facteur.advance("PT15M")
    sends, mails = facteur.history(), facteur.mails()
    facteur.stop()

    assert sorted(mail.subject for mail in mails) == [f"Liste {n}" for n in range(5)]
    assert {send["late"] for send in sends} == {True}
    assert all(same_instant(send["occurrence_at"], MONDAY) for send in sends)


@pytest.mark.feature("B3")
def test_after_three_days_without_a_system_the_occurrence_is_missed_and_the_next_is_right(
    tmp_path: Path,
) -> None:
    facteur = Facteur(tmp_path, at=START)
    campaign = facteur.campaign(
        facteur.document(),
        recurrence={"kind": "weekly", "weekday": 1, "time": "08:00"},
        auto_increment_date=True,
    )
    facteur.move_to("2041-01-21T06:00:00Z")
    facteur.stop()
    facteur.sleep_until("2041-01-24T07:00:00Z")

    facteur.start()
    facteur.advance("PT15M")
    between = facteur.call("GET", f"/v1/campaigns/{campaign['id']}")
    facteur.move_to("2041-01-28T12:00:00Z")
    missed, right = facteur.history()
    mails = [mail for mail in facteur.mails() if mail.origin == "campaign"]
    facteur.stop()

    assert same_instant(between["next_run_at"], NEXT_MONDAY)
    assert (missed["status"], missed["error"]["code"]) == ("failed", "missed")
    assert same_instant(missed["occurrence_at"], MONDAY)
    assert (right["status"], right["late"]) == ("sent", False)
    # The date follows the calendar: the missed occurrence had the first one.
    assert [mail.subject for mail in mails] == ["Liste - 07/02/2041"]


@pytest.mark.feature("B1")
def test_the_same_trigger_fifty_times_makes_one_mail(facteur: Facteur) -> None:
    campaign = facteur.campaign(facteur.document())
    [group] = facteur.system._stack.schedule_groups
    schedules = facteur.client("scheduler")
    [name] = [str(row[0]) for row in facteur.system.state.rows("SELECT name FROM schedules")]
    target = schedules.get_schedule(Name=name, GroupName=group)["Target"]
    body = target["Input"].replace("<aws.scheduler.scheduled-time>", "2041-01-21T07:00:00Z")
    url = facteur.system._stack.functions["CampaignsFunction"].environment["DUE_QUEUE_URL"]
    queue = facteur.client("sqs")
    for _ in range(25):
        queue.send_message(QueueUrl=url, MessageBody=body)
    facteur.move_to("2041-01-21T07:30:00Z")

    for _ in range(25):
        queue.send_message(QueueUrl=url, MessageBody=body)
    facteur.advance("PT1H")

    assert campaign["id"] in json.dumps(target)
    assert len(facteur.mails()) == 1
    assert len(facteur.history()) == 1


@pytest.mark.feature("B1")
def test_every_trigger_of_a_year_coming_twice_makes_no_mail_twice(facteur: Facteur) -> None:
    campaign = facteur.campaign(
        facteur.document(), recurrence={"kind": "monthly", "day": 30, "time": "08:00"}
    )
    facteur.fault("scheduler", "duplicate", 1_000)

    facteur.advance("P1Y")

    assert len(facteur.mails()) == 12
    assert len(facteur.history(f"campaign_id={campaign['id']}")) == 12


@pytest.mark.feature("B16")
def test_a_campaign_whose_schedule_could_not_be_made_is_sent_on_time_all_the_same(
    facteur: Facteur,
) -> None:
    document = facteur.document()
    facteur.fault("scheduler", "error", 50)
    facteur.campaign(document)
    facteur.fault("scheduler", "error", 0)

    facteur.move_to("2041-01-21T12:00:00Z")

    [mail] = facteur.mails()
    assert mail.received_at.startswith("2041-01-21T07:00")


@pytest.mark.feature("B16")
def test_a_schedule_that_somebody_deleted_is_there_again_after_one_late_occurrence(
    facteur: Facteur,
) -> None:
    facteur.campaign(facteur.document())
    facteur.system.state.write("DELETE FROM schedules")

    facteur.move_to("2041-01-29T00:00:00Z")

    first, second = facteur.mails()
    assert first.received_at.startswith("2041-01-21T07:1")
    assert second.received_at.startswith("2041-01-28T07:00")
