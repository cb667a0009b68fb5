"""Pause, resume, skip, run and delete: before the time, after it, and in the very minute."""

import pytest

from tests.e2e_api.facteur import Facteur

BEFORE = "2041-01-21T06:59:30Z"
AFTER = "2041-01-21T07:01:00Z"
NEXT_WEEK = "2041-01-28T12:00:00Z"


def post(facteur: Facteur, campaign: dict[str, str], action: str, *, status: int = 0) -> None:
    """POST an action of a campaign."""
    facteur.call("POST", f"/v1/campaigns/{campaign['id']}/{action}", status=status)


def received(facteur: Facteur) -> list[str]:
    """The minutes at which mails were captured."""
    return [mail.received_at[:16] for mail in facteur.mails()]


@pytest.mark.feature("S52", "S53")
def test_a_pause_half_a_minute_before_the_time_stops_it(facteur: Facteur) -> None:
    campaign = facteur.campaign(facteur.document())
    facteur.move_to(BEFORE)

    post(facteur, campaign, "pause")
    facteur.move_to(NEXT_WEEK)

    assert received(facteur) == []
    assert facteur.call("GET", f"/v1/campaigns/{campaign['id']}")["status"] == "paused"


@pytest.mark.feature("S54")
def test_a_resumption_half_a_minute_before_the_time_lets_it_happen(facteur: Facteur) -> None:
    campaign = facteur.campaign(facteur.document(), status="paused")
    facteur.move_to(BEFORE)

    post(facteur, campaign, "resume")
    facteur.move_to(AFTER)

    assert received(facteur) == ["2041-01-21T07:00"]


@pytest.mark.feature("S54")
def test_what_a_pause_left_out_is_not_caught_up(facteur: Facteur) -> None:
    campaign = facteur.campaign(facteur.document())
    post(facteur, campaign, "pause")
    facteur.move_to(AFTER)

    post(facteur, campaign, "resume")
    facteur.move_to(NEXT_WEEK)

    assert received(facteur) == ["2041-01-28T07:00"]


@pytest.mark.feature("B11")
def test_the_next_occurrence_is_skipped_and_can_be_put_back_until_its_time(
    facteur: Facteur,
) -> None:
    document = facteur.document()
    skipped, restored = facteur.campaign(document), facteur.campaign(document, subject="Rétablie")
    facteur.move_to(BEFORE)

    post(facteur, skipped, "skip")
    post(facteur, restored, "skip")
    post(facteur, restored, "unskip")
    facteur.move_to(NEXT_WEEK)

    subjects = [mail.subject for mail in facteur.mails()]
    assert sorted(subjects) == ["Liste - 31/01/2041", "Rétablie", "Rétablie"]


@pytest.mark.feature("B11")
def test_a_run_by_hand_in_the_very_minute_of_an_occurrence_makes_both(facteur: Facteur) -> None:
    campaign = facteur.campaign(facteur.document())
    facteur.move_to(BEFORE)

    post(facteur, campaign, "run")
    facteur.move_to(AFTER)
    post(facteur, campaign, "run")
    facteur.move_to(NEXT_WEEK)

    assert received(facteur) == [
        "2041-01-21T06:59",
        "2041-01-21T07:00",
        "2041-01-21T07:01",
        "2041-01-28T07:00",
    ]


@pytest.mark.feature("B3")
def test_between_the_time_and_its_occurrence_nothing_of_the_calendar_can_be_changed(
    facteur: Facteur,
) -> None:
    campaign = facteur.campaign(facteur.document())
    facteur.fault("scheduler", "drop", 1)
    facteur.move_to(AFTER)

    post(facteur, campaign, "skip", status=409)
    facteur.move_to(NEXT_WEEK)

    assert received(facteur)[1:] == ["2041-01-28T07:00"]
    assert received(facteur)[0].startswith("2041-01-21T07:1")


@pytest.mark.feature("S52")
def test_a_pause_between_the_time_and_its_occurrence_skips_it(facteur: Facteur) -> None:
    campaign = facteur.campaign(facteur.document())
    facteur.fault("scheduler", "drop", 1)
    facteur.move_to(AFTER)

    post(facteur, campaign, "pause")
    post(facteur, campaign, "resume")
    facteur.move_to(NEXT_WEEK)

    assert received(facteur) == ["2041-01-28T07:00"]


@pytest.mark.feature("B10")
def test_a_test_goes_to_the_sender_only_and_leaves_the_calendar_alone(facteur: Facteur) -> None:
    campaign = facteur.campaign(facteur.document(), auto_increment_date=True)

    post(facteur, campaign, "test")
    facteur.move_to(AFTER)

    test, planned = facteur.mails()
    assert (test.to, test.origin) == (["demo@atelier-durand.example"], "test")
    assert test.subject == "[Test] Liste - 31/01/2041"
    assert planned.subject == "Liste - 31/01/2041"


@pytest.mark.feature("S59", "S61", "S62")
def test_a_deleted_campaign_sends_nothing_more_and_its_history_stays(facteur: Facteur) -> None:
    campaign = facteur.campaign(facteur.document())
    facteur.move_to(AFTER)

    facteur.call("DELETE", f"/v1/campaigns/{campaign['id']}")
    facteur.move_to(NEXT_WEEK)

    [send] = facteur.history()
    assert (send["campaign_name"], send["status"]) == ("Liste de Bercy", "sent")
    assert len(facteur.mails()) == 1
    facteur.call("GET", f"/v1/campaigns/{campaign['id']}", status=404)
    assert facteur.system.state.rows("SELECT 1 FROM schedules") == []


@pytest.mark.feature("B12")
def test_a_campaign_that_reached_nobody_three_times_pauses_itself_and_its_schedule(
    facteur: Facteur,
) -> None:
    document = facteur.document()
    campaign = facteur.campaign(document)
    facteur.call("POST", f"/v1/documents/{document}/unpublish")

    facteur.advance("P8W")

    found = facteur.call("GET", f"/v1/campaigns/{campaign['id']}")
    sends = facteur.history(f"campaign_id={campaign['id']}")
    assert (found["status"], found["pause_reason"]) == ("paused", "reached_nobody")
    assert [send["error"]["code"] for send in sends] == ["document_unavailable"] * 3
    assert facteur.system.state.rows("SELECT next_at FROM schedules") == [(None,)]


@pytest.mark.feature("B12")
def test_a_campaign_whose_mails_all_bounce_three_times_pauses_itself(facteur: Facteur) -> None:
    campaign = facteur.campaign(facteur.document(), recipients="bounce@simulator.amazonses.com")

    facteur.advance("P8W")

    found = facteur.call("GET", f"/v1/campaigns/{campaign['id']}")
    sends = facteur.history(f"campaign_id={campaign['id']}")
    notices = [mail for mail in facteur.mails() if mail.origin == "notice"]
    assert (found["status"], found["pause_reason"]) == ("paused", "reached_nobody")
    assert [send["status"] for send in sends] == ["failed"] * 3
    assert [mail.to for mail in notices] == [["demo@atelier-durand.example"]] * 3
    assert facteur.system.state.rows("SELECT next_at FROM schedules") == [(None,)]


@pytest.mark.feature("B13")
def test_the_calendar_of_all_campaigns_is_what_is_sent(facteur: Facteur) -> None:
    document = facteur.document()
    for weekday in (1, 4):
        facteur.campaign(
            document, recurrence={"kind": "weekly", "weekday": weekday, "time": "08:00"}
        )
    upcoming = facteur.call("GET", "/v1/upcoming?from=2041-01-16&to=2041-01-31")["items"]

    facteur.move_to("2041-02-01T00:00:00Z")

    assert [item["occurrence_at"][:16] for item in upcoming] == received(facteur)
