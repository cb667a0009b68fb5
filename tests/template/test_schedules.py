"""Schedules: which functions may create them, and what they may trigger."""

import pytest

from local.template.data import mapping, sequence
from tests.template.declared import (
    as_list,
    events,
    expand,
    functions,
    properties,
    references,
    resources,
    role_statements,
    statements,
    template,
)

MAKERS = ["CampaignsFunction", "ReconcileFunction"]


def test_only_the_scheduler_of_this_account_for_this_group_takes_the_role() -> None:
    """https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html"""
    role = properties(resources("AWS::IAM::Role")["SchedulerRole"])

    [trust] = sequence(mapping(role["AssumeRolePolicyDocument"])["Statement"])

    assert mapping(trust)["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert mapping(trust)["Condition"] == {
        "StringEquals": {
            "aws:SourceAccount": {"Ref": "AWS::AccountId"},
            "aws:SourceArn": {"Fn::GetAtt": ["ScheduleGroup", "Arn"]},
        }
    }


def test_the_role_may_only_put_messages_where_campaigns_come_due() -> None:
    [allowed] = role_statements("SchedulerRole")

    assert allowed["Action"] == "sqs:SendMessage"
    assert allowed["Resource"] == [
        {"Fn::GetAtt": ["Due", "Arn"]},
        {"Fn::GetAtt": ["DueDeadLetters", "Arn"]},
    ]


@pytest.mark.parametrize("function", MAKERS)
def test_who_makes_schedules_makes_them_in_the_group_and_nowhere_else(function: str) -> None:
    [allowed] = (s for s in statements(function) if "scheduler:" in str(s["Action"]))

    assert allowed["Action"] == [
        "scheduler:CreateSchedule",
        "scheduler:DeleteSchedule",
        "scheduler:UpdateSchedule",
    ]
    assert allowed["Resource"] == {
        "Fn::Sub": "arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}"
        ":schedule/${ScheduleGroup}/*"
    }


@pytest.mark.parametrize("function", MAKERS)
def test_who_makes_schedules_hands_them_that_one_role_and_hands_it_to_nobody_else(
    function: str,
) -> None:
    [allowed] = (s for s in statements(function) if "iam:" in str(s["Action"]))

    assert allowed["Action"] == "iam:PassRole"
    assert allowed["Resource"] == {"Fn::GetAtt": ["SchedulerRole", "Arn"]}
    assert allowed["Condition"] == {
        "StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}
    }


def test_nobody_else_touches_schedules_or_roles_whatever_sam_adds() -> None:
    expanded = resources("AWS::IAM::Role", where=expand(template()))

    able = {
        name
        for name, role in expanded.items()
        for policy in sequence(properties(role).get("Policies", []))
        if "scheduler:" in str(mapping(policy)["PolicyDocument"])
        or "iam:PassRole" in str(mapping(policy)["PolicyDocument"])
    }

    assert able == {f"{function}Role" for function in MAKERS}


@pytest.mark.parametrize("function", MAKERS)
def test_schedules_get_the_queue_that_feeds_campaigns_and_its_dead_letters(
    function: str,
) -> None:
    told = mapping(mapping(functions()[function]["Environment"])["Variables"])
    [fed] = [event for worker, event in events("SQS") if worker == "RunCampaignFunction"]
    [queue] = references(fed["Queue"])
    [dead] = references(mapping(properties(resources()[queue])["RedrivePolicy"]))

    assert told["DUE_QUEUE_ARN"] == {"Fn::GetAtt": [queue, "Arn"]}
    assert told["DUE_QUEUE_URL"] == {"Ref": queue}
    assert told["DUE_DLQ_ARN"] == {"Fn::GetAtt": [dead, "Arn"]}
    assert told["SCHEDULE_GROUP"] == {"Ref": "ScheduleGroup"}
    assert told["SCHEDULER_ROLE_ARN"] == {"Fn::GetAtt": ["SchedulerRole", "Arn"]}


def test_the_dead_letter_queue_of_schedules_is_a_standard_one() -> None:
    assert "FifoQueue" not in properties(resources()["DueDeadLetters"])


def test_who_runs_campaigns_may_not_make_them_due() -> None:
    """A worker that fed its own queue could go round for ever."""
    reachable = {
        name
        for statement in statements("RunCampaignFunction")
        if "sqs:SendMessage" in as_list(statement["Action"])
        for name in references(statement["Resource"])
    }

    assert reachable == {"Hooks", "Outbox"}


def test_no_schedule_of_the_stack_is_a_cron_that_aws_would_refuse() -> None:
    """cfn-lint lets a cron of five fields pass: here everything regular is a rate."""
    written = [str(event["Schedule"]) for _, event in events("Schedule")]

    assert written == ["rate(5 minutes)"]
    assert "cron(" not in str(template()["Resources"])
