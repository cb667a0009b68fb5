"""The local mode's EventBridge Scheduler: its API, and the messages that it sends."""

import json
from pathlib import Path
from typing import Any

import pytest

from local.aws.transport import SWITCH
from local.state.faults import Fault
from tests.local.aws.scheduler.conftest import GROUP, QUEUE, Scheduling, at_the_start, build


def instants(bodies: list[str]) -> list[str]:
    """The instant at which each message was due."""
    return [json.loads(body)["at"] for body in bodies]


def test_a_due_schedule_puts_its_input_with_the_scheduled_time(scheduling: Scheduling) -> None:
    scheduling.put()

    before, on_time = (
        scheduling.reach("2099-11-30T06:59:59Z"),
        scheduling.reach("2099-11-30T07:00:00Z"),
    )

    assert before == []
    assert on_time == ['{"at": "2099-11-30T07:00:00Z", "campaign": "c1"}']


def test_every_context_attribute_is_replaced(scheduling: Scheduling) -> None:
    names = ("schedule-arn", "scheduled-time", "execution-id", "attempt-number")
    target = {
        "Arn": QUEUE,
        "RoleArn": "arn:aws:iam::123456789012:role/scheduler",
        "Input": " ".join(f"<aws.scheduler.{name}>" for name in names),
    }
    scheduling.put(Target=target)

    [first] = scheduling.reach("2099-11-30T07:00:00Z")
    [second] = scheduling.reach("2099-12-07T07:00:00Z")

    arn, at, execution, attempt = first.split()
    assert arn == f"arn:aws:scheduler:eu-west-3:123456789012:schedule/{GROUP}/c1"
    assert (at, attempt) == ("2099-11-30T07:00:00Z", "1")
    assert execution != second.split()[2]


def test_the_wall_clock_time_is_kept_when_the_clock_changes(scheduling: Scheduling) -> None:
    scheduling.put()
    scheduling.reach("2100-03-23T00:00:00Z")

    fired = scheduling.reach("2100-04-06T00:00:00Z")

    assert instants(fired) == ["2100-03-29T06:00:00Z", "2100-04-05T06:00:00Z"]


def test_a_disabled_schedule_is_silent_and_an_update_that_says_nothing_enables_it(
    scheduling: Scheduling,
) -> None:
    scheduling.put(State="DISABLED")
    silent = scheduling.reach("2099-11-30T08:00:00Z")
    scheduling.put("update_schedule")

    firing = scheduling.reach("2099-12-07T08:00:00Z")

    assert (silent, instants(firing)) == ([], ["2099-12-07T07:00:00Z"])


def test_what_fell_due_while_nothing_ran_fires_once_for_each_instant_in_order(
    tmp_path: Path,
) -> None:
    scheduling = at_the_start(build(tmp_path))
    scheduling.put(name="weekly")
    scheduling.put(name="daily", ScheduleExpression="cron(0 9 * * ? *)")
    scheduling.reach("2099-11-29T12:00:00Z")
    scheduling.state.close()
    SWITCH.turn_off()
    again = build(tmp_path)

    missed = instants(again.reach("2099-12-02T00:00:00Z"))
    nothing_more = again.reach("2099-12-02T00:00:01Z")
    SWITCH.turn_off()
    again.state.close()

    assert missed == ["2099-11-30T07:00:00Z", "2099-11-30T08:00:00Z", "2099-12-01T08:00:00Z"]
    assert nothing_more == []


def test_a_schedule_that_has_run_is_gone_when_it_asked_for_that(scheduling: Scheduling) -> None:
    scheduling.put(
        ScheduleExpression="at(2099-12-24T08:00:00)",
        ScheduleExpressionTimezone="UTC",
        ActionAfterCompletion="DELETE",
    )

    fired = scheduling.reach("2099-12-24T08:00:00Z")

    assert instants(fired) == ["2099-12-24T08:00:00Z"]
    with pytest.raises(scheduling.client.exceptions.ResourceNotFoundException):
        scheduling.client.get_schedule(Name="c1", GroupName=GROUP)


def test_a_schedule_that_has_run_stays_otherwise_and_never_fires_again(
    scheduling: Scheduling,
) -> None:
    scheduling.put(ScheduleExpression="at(2099-12-24T09:00:00)")
    scheduling.reach("2099-12-24T08:00:00Z")

    later = scheduling.reach("2100-12-24T08:00:00Z")

    assert later == []
    assert scheduling.client.get_schedule(Name="c1", GroupName=GROUP)["State"] == "ENABLED"


def test_a_time_in_the_past_is_taken_and_never_fires(scheduling: Scheduling) -> None:
    scheduling.put(ScheduleExpression="at(2021-12-31T08:00:00)", ActionAfterCompletion="DELETE")

    assert scheduling.reach("2100-12-24T08:00:00Z") == []


def test_a_message_whose_queue_is_gone_is_among_the_dead_letters(scheduling: Scheduling) -> None:
    target = {
        "Arn": f"{QUEUE}-gone",
        "RoleArn": "arn:aws:iam::123456789012:role/scheduler",
        "Input": "{}",
        "DeadLetterConfig": {"Arn": f"{QUEUE}-dead"},
    }
    scheduling.put(Target=target)

    scheduling.reach("2099-11-30T07:00:00Z")

    assert scheduling.take("due-dead") == ["{}"]


def test_a_schedule_is_found_as_it_was_put_until_it_is_deleted(scheduling: Scheduling) -> None:
    scheduling.put(State="DISABLED", ActionAfterCompletion="DELETE")
    found = scheduling.client.get_schedule(Name="c1", GroupName=GROUP)
    scheduling.client.delete_schedule(Name="c1", GroupName=GROUP)

    assert found["State"] == "DISABLED"
    assert found["ActionAfterCompletion"] == "DELETE"
    assert found["ScheduleExpression"] == "cron(0 8 ? * MON *)"
    assert found["Target"]["RetryPolicy"]["MaximumRetryAttempts"] == 185
    with pytest.raises(scheduling.client.exceptions.ResourceNotFoundException):
        scheduling.client.delete_schedule(Name="c1", GroupName=GROUP)
    assert scheduling.reach("2099-12-07T07:00:00Z") == []


def test_a_schedule_is_created_once_and_only_what_exists_is_updated(scheduling: Scheduling) -> None:
    with pytest.raises(scheduling.client.exceptions.ResourceNotFoundException):
        scheduling.put("update_schedule")
    scheduling.put()

    with pytest.raises(scheduling.client.exceptions.ConflictException):
        scheduling.put()


def test_a_group_must_exist(scheduling: Scheduling) -> None:
    with pytest.raises(scheduling.client.exceptions.ResourceNotFoundException):
        scheduling.put(GroupName="another")


@pytest.mark.parametrize(
    "changes",
    [
        {"Name": "a/b"},
        {"Name": "n" * 65},
        {"ScheduleExpression": "cron(0 1 * * * *)"},
        {"ScheduleExpression": "cron(0 1 * * * *)", "State": "DISABLED"},
        {"ScheduleExpression": "at(2099-12-31T08:00:00Z)"},
        {"ScheduleExpression": "at(2021-12-31)"},
        {"ScheduleExpressionTimezone": "Europe/Lutece"},
        {"State": "PAUSED"},
        {"ActionAfterCompletion": "KEEP"},
        {"FlexibleTimeWindow": {"Mode": "SOMETIMES"}},
    ],
)
def test_what_aws_refuses_is_a_validation_exception(
    scheduling: Scheduling, changes: dict[str, Any]
) -> None:
    with pytest.raises(scheduling.client.exceptions.ValidationException):
        scheduling.put(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"RoleArn": "scheduler"},
        {"Arn": "due"},
        {"DeadLetterConfig": {"Arn": f"{QUEUE}-dead.fifo"}},
        {"RetryPolicy": {"MaximumRetryAttempts": 186}},
        {"RetryPolicy": {"MaximumEventAgeInSeconds": 86_401}},
    ],
)
def test_a_target_that_aws_refuses_is_a_validation_exception(
    scheduling: Scheduling, changes: dict[str, Any]
) -> None:
    target = {
        "Arn": QUEUE,
        "RoleArn": "arn:aws:iam::123456789012:role/scheduler",
        "Input": "{}",
    } | changes

    with pytest.raises(scheduling.client.exceptions.ValidationException):
        scheduling.put(Target=target)


def test_triggers_are_lost_or_come_twice_when_a_fault_is_set(scheduling: Scheduling) -> None:
    scheduling.put()
    scheduling.faults.set(Fault("scheduler", "drop", 1))
    lost = scheduling.reach("2099-11-30T07:00:00Z")
    scheduling.faults.set(Fault("scheduler", "duplicate", 1))

    twice = scheduling.reach("2099-12-07T07:00:00Z")

    assert lost == []
    assert instants(twice) == ["2099-12-07T07:00:00Z"] * 2
    assert instants(scheduling.reach("2099-12-14T07:00:00Z")) == ["2099-12-14T07:00:00Z"]


def test_calls_fail_when_a_fault_is_set(scheduling: Scheduling) -> None:
    scheduling.faults.set(Fault("scheduler", "error", 100))
    with pytest.raises(scheduling.client.exceptions.InternalServerException):
        scheduling.put()
    scheduling.faults.set(Fault("scheduler", "error", 0))

    scheduling.put()

    assert len(scheduling.reach("2099-11-30T07:00:00Z")) == 1
