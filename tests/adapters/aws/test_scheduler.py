"""Schedules: the calls to EventBridge Scheduler, checked more strictly than moto does.

https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import boto3
import pytest
from botocore.stub import Stubber
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from facteur.adapters.aws_config import SHORT_CALLS
from facteur.adapters.schedule_expression import native_schedule
from facteur.adapters.scheduler import EventBridgeSchedules
from facteur.adapters.sqs import read_due
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import CampaignId, OrgId
from facteur.domain.recurrence import Monthly, Once, Scheduled, Weekly
from facteur.domain.schedule_sync import Schedule
from facteur.ports import DueMessage

if TYPE_CHECKING:
    from types_boto3_scheduler import EventBridgeSchedulerClient

ORG = OrgId("atelier-durand")
CAMPAIGN = CampaignId("01M86CH3M0KGFGWTNQT91RGNDA")
GROUP = "facteur-campaigns"
QUEUE = "arn:aws:sqs:eu-west-3:123456789012:facteur-due"
DEAD_LETTERS = "arn:aws:sqs:eu-west-3:123456789012:facteur-due-dead-letters"
ROLE = "arn:aws:iam::123456789012:role/facteur-scheduler"
PARIS = ZoneInfo("Europe/Paris")
EVERYTHING = {
    "Name",
    "GroupName",
    "ScheduleExpression",
    "ScheduleExpressionTimezone",
    "State",
    "FlexibleTimeWindow",
    "Target",
    "ActionAfterCompletion",
}
WEEKLY = Schedule(Weekly((1,), time(6, 30)), "Europe/Paris")
ONCE = Schedule(Once(datetime(2026, 12, 31, 8)), "Europe/Paris")


@pytest.fixture(scope="module")
def moto_client() -> "Iterator[EventBridgeSchedulerClient]":
    with mock_aws():
        yield boto3.client(
            "scheduler",
            region_name="eu-west-3",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
            config=SHORT_CALLS,
        )


@pytest.fixture
def client(
    moto_client: "EventBridgeSchedulerClient",
) -> "Iterator[EventBridgeSchedulerClient]":
    moto_client.create_schedule_group(Name=GROUP)
    yield moto_client
    moto_client.delete_schedule_group(Name=GROUP)


def adapter(client: "EventBridgeSchedulerClient") -> EventBridgeSchedules:
    return EventBridgeSchedules(
        client, group=GROUP, queue_arn=QUEUE, dead_letter_arn=DEAD_LETTERS, role_arn=ROLE
    )


@pytest.fixture
def calls(client: "EventBridgeSchedulerClient") -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The names and parameters of the calls, in order."""
    made: list[tuple[str, dict[str, Any]]] = []

    def note(params: dict[str, Any], model: Any, **_: object) -> None:
        made.append((model.name, dict(params)))

    client.meta.events.register("provide-client-params.scheduler", note)
    yield made
    client.meta.events.unregister("provide-client-params.scheduler", note)


def standing(client: "EventBridgeSchedulerClient") -> Any:
    return client.get_schedule(Name=CAMPAIGN, GroupName=GROUP)


def test_a_schedule_is_made_where_there_is_none(client: "EventBridgeSchedulerClient") -> None:
    adapter(client).put(ORG, CAMPAIGN, WEEKLY, active=True)

    stands = standing(client)
    assert stands["ScheduleExpression"] == "cron(30 6 ? * MON *)"
    assert stands["ScheduleExpressionTimezone"] == "Europe/Paris"
    assert stands["State"] == "ENABLED"
    assert stands["ActionAfterCompletion"] == "NONE"
    assert stands["FlexibleTimeWindow"] == {"Mode": "OFF"}
    assert stands["Target"]["Arn"] == QUEUE
    assert stands["Target"]["RoleArn"] == ROLE


def test_an_existing_schedule_is_replaced(
    client: "EventBridgeSchedulerClient", calls: list[tuple[str, dict[str, Any]]]
) -> None:
    schedules = adapter(client)
    schedules.put(ORG, CAMPAIGN, WEEKLY, active=True)

    schedules.put(ORG, CAMPAIGN, ONCE, active=False)

    stands = standing(client)
    assert stands["ScheduleExpression"] == "at(2026-12-31T07:00:00)"
    assert stands["ScheduleExpressionTimezone"] == "UTC"
    assert stands["State"] == "DISABLED"
    # moto leaves it as it was.
    name, update = next(call for call in reversed(calls) if call[0] != "GetSchedule")
    assert (name, update["ActionAfterCompletion"]) == ("UpdateSchedule", "DELETE")


def test_a_deleted_schedule_is_gone(client: "EventBridgeSchedulerClient") -> None:
    schedules = adapter(client)
    schedules.put(ORG, CAMPAIGN, WEEKLY, active=True)

    schedules.delete(ORG, CAMPAIGN)
    schedules.delete(ORG, CAMPAIGN)

    with pytest.raises(client.exceptions.ResourceNotFoundException):
        standing(client)


def test_every_call_says_everything(
    client: "EventBridgeSchedulerClient", calls: list[tuple[str, dict[str, Any]]]
) -> None:
    schedules = adapter(client)

    schedules.put(ORG, CAMPAIGN, WEEKLY, active=False)
    schedules.put(ORG, CAMPAIGN, WEEKLY, active=True)

    assert [name for name, _ in calls] == ["UpdateSchedule", "CreateSchedule", "UpdateSchedule"]
    for _, parameters in calls:
        assert parameters.keys() == EVERYTHING
        check_fields(parameters)


def check_fields(parameters: dict[str, Any]) -> None:
    """Check the limits that the API reference gives."""
    assert re.fullmatch(r"[0-9a-zA-Z-_.]{1,64}", parameters["Name"])
    assert re.fullmatch(r"[0-9a-zA-Z-_.]{1,64}", parameters["GroupName"])
    assert parameters["State"] in {"ENABLED", "DISABLED"}
    assert 1 <= len(parameters["ScheduleExpressionTimezone"]) <= 50
    target = parameters["Target"]
    assert target.keys() == {"Arn", "RoleArn", "Input", "RetryPolicy", "DeadLetterConfig"}
    assert 0 <= target["RetryPolicy"]["MaximumRetryAttempts"] <= 185
    assert 60 <= target["RetryPolicy"]["MaximumEventAgeInSeconds"] <= 86_400
    assert target["DeadLetterConfig"] == {"Arn": DEAD_LETTERS}
    # A FIFO queue would need SqsParameters, and may be no dead-letter queue.
    assert not target["Arn"].endswith(".fifo")
    json.loads(target["Input"])


def test_what_a_schedule_says_is_read_by_the_worker(client: "EventBridgeSchedulerClient") -> None:
    adapter(client).put(ORG, CAMPAIGN, WEEKLY, active=True)
    body = standing(client)["Target"]["Input"]

    message = read_due(body.replace("<aws.scheduler.scheduled-time>", "2026-11-30T05:30:00Z"))

    assert message == DueMessage(
        organization=ORG, campaign=CAMPAIGN, at=datetime(2026, 11, 30, 5, 30, tzinfo=UTC)
    )


WALL_CLOCK = st.times().map(lambda value: value.replace(second=0, microsecond=0))
RECURRENCES: st.SearchStrategy[Scheduled] = st.one_of(
    st.builds(Weekly, st.tuples(st.integers(1, 7)), WALL_CLOCK),
    st.builds(Monthly, st.tuples(st.integers(1, 31)), WALL_CLOCK),
    st.builds(Once, st.datetimes(datetime(2026, 1, 1), datetime(2099, 1, 1))),
)
CRON = re.compile(
    r"cron\((?P<minute>\d{1,2}) (?P<hour>\d{1,2}) (?P<day>\?|L|\d{1,2}|\d{1,2}-\d{1,2}) \*"
    r" (?P<weekday>\?|MON|TUE|WED|THU|FRI|SAT|SUN) \*\)"
)


@given(RECURRENCES)
def test_every_expression_is_one_that_scheduler_takes(recurrence: Scheduled) -> None:
    schedule = native_schedule(recurrence, PARIS)

    assert len(schedule.expression) <= 256
    if isinstance(recurrence, Once):
        # at(…Z) and at() without a time are refused.
        assert re.fullmatch(r"at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)", schedule.expression)
        assert (schedule.timezone, schedule.ends) == ("UTC", True)
        return
    match = CRON.fullmatch(schedule.expression)
    assert match is not None
    assert [match["day"], match["weekday"]].count("?") == 1
    assert time(int(match["hour"]), int(match["minute"])) == recurrence.time
    assert (schedule.timezone, schedule.ends) == ("Europe/Paris", False)


@pytest.fixture
def stub(client: "EventBridgeSchedulerClient") -> Iterator[Stubber]:
    with Stubber(client) as stub:
        yield stub
        stub.assert_no_pending_responses()


def test_a_schedule_made_by_another_meanwhile_is_replaced(
    client: "EventBridgeSchedulerClient", stub: Stubber
) -> None:
    stub.add_client_error("update_schedule", "ResourceNotFoundException")
    stub.add_client_error("create_schedule", "ConflictException")
    stub.add_response("update_schedule", {"ScheduleArn": "arn"})

    adapter(client).put(ORG, CAMPAIGN, WEEKLY, active=True)


def test_a_schedule_being_deleted_by_another_is_deleted_again(
    client: "EventBridgeSchedulerClient", stub: Stubber
) -> None:
    stub.add_client_error("delete_schedule", "ConflictException")
    stub.add_response("delete_schedule", {})

    adapter(client).delete(ORG, CAMPAIGN)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ThrottlingException", "scheduler_unavailable"),
        ("InternalServerException", "scheduler_unavailable"),
        ("AccessDeniedException", "schedule_refused"),
        ("ValidationException", "schedule_refused"),
        ("ServiceQuotaExceededException", "schedule_refused"),
    ],
)
def test_a_scheduler_that_does_not_do_it_is_unavailable_or_refuses_for_good(
    client: "EventBridgeSchedulerClient", stub: Stubber, code: str, expected: str
) -> None:
    for operation in ("update_schedule", "delete_schedule"):
        stub.add_client_error(operation, code)
    schedules = adapter(client)

    with pytest.raises(UnavailableError, match=expected):
        schedules.put(ORG, CAMPAIGN, WEEKLY, active=True)
    with pytest.raises(UnavailableError, match=expected):
        schedules.delete(ORG, CAMPAIGN)


def test_what_the_client_itself_does_not_take_is_refused_for_good(
    client: "EventBridgeSchedulerClient",
) -> None:
    with pytest.raises(UnavailableError, match="schedule_refused"):
        adapter(client).delete(ORG, CampaignId(""))


def test_a_group_that_is_not_there_is_unavailable(
    client: "EventBridgeSchedulerClient", stub: Stubber
) -> None:
    stub.add_client_error("update_schedule", "ResourceNotFoundException")
    stub.add_client_error("create_schedule", "ResourceNotFoundException")

    with pytest.raises(UnavailableError, match="scheduler_unavailable"):
        adapter(client).put(ORG, CAMPAIGN, WEEKLY, active=True)


def test_a_conflict_without_end_is_unavailable(
    client: "EventBridgeSchedulerClient", stub: Stubber
) -> None:
    for _ in range(4):
        stub.add_client_error("update_schedule", "ConflictException")
        stub.add_client_error("create_schedule", "ConflictException")
    for _ in range(4):
        stub.add_client_error("delete_schedule", "ConflictException")
    schedules = adapter(client)

    with pytest.raises(UnavailableError, match="scheduler_unavailable"):
        schedules.put(ORG, CAMPAIGN, WEEKLY, active=True)
    with pytest.raises(UnavailableError, match="scheduler_unavailable"):
        schedules.delete(ORG, CAMPAIGN)
