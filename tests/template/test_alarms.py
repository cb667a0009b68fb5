"""Every alarm reaches somebody and says where to read what to do."""

import re
from pathlib import Path

import pytest

from facteur.domain.message import MessageEvent
from facteur.services.delivery.deliver import DeliveryResult
from local.template.data import mapping, sequence, text
from tests.template.declared import functions, properties, references, resources

ROOT = Path(__file__).parents[2]
TRACK = (ROOT / "functions" / "track" / "handler.py").read_text()
ALARMS = {name: properties(r) for name, r in resources("AWS::CloudWatch::Alarm").items()}


DELIVERY_METRICS = {f"Messages{result.value.title().replace('_', '')}" for result in DeliveryResult}
EVENT_METRICS = {f"Marked{event.value.title().replace('_', '')}" for event in MessageEvent}


def named_by_alarms(prefix: str) -> set[str]:
    """The metrics of our own whose names begin so and that have an alarm."""
    names = (text(alarm.get("MetricName", "")) for alarm in ALARMS.values())
    return {name for name in names if name.startswith(prefix)}


def anchors(document: Path) -> set[str]:
    """The anchors of a document's sections, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def watched(namespace: str, metric: str) -> set[str]:
    """The resources whose metric has an alarm."""
    return {
        name
        for alarm in ALARMS.values()
        if alarm.get("Namespace") == namespace and alarm.get("MetricName") == metric
        for name in references(alarm.get("Dimensions", []))
    }


@pytest.mark.parametrize("alarm", sorted(ALARMS))
def test_an_alarm_notifies_the_operators_both_ways(alarm: str) -> None:
    declared = ALARMS[alarm]

    assert declared["AlarmActions"] == [{"Ref": "AlarmTopic"}]
    assert declared["OKActions"] == [{"Ref": "AlarmTopic"}]
    assert "TreatMissingData" in declared


@pytest.mark.parametrize("alarm", sorted(ALARMS))
def test_an_alarm_names_a_section_of_the_runbook_that_exists(alarm: str) -> None:
    description = text(ALARMS[alarm]["AlarmDescription"])

    found = re.search(r"docs/runbook\.md#([\w-]+)$", description)

    assert found is not None
    assert found.group(1) in anchors(ROOT / "docs" / "runbook.md")


def test_the_operators_are_those_of_the_parameter() -> None:
    subscription = properties(resources()["AlarmSubscription"])

    assert subscription["TopicArn"] == {"Ref": "AlarmTopic"}
    assert subscription["Endpoint"] == {"Ref": "AlarmEmail"}


def test_every_dead_letter_queue_raises_an_alarm_at_its_first_message() -> None:
    dead = {name for name in resources("AWS::SQS::Queue") if name.endswith("DeadLetters")}

    assert watched("AWS/SQS", "ApproximateNumberOfMessagesVisible") == dead


def test_every_working_queue_raises_an_alarm_when_it_is_late() -> None:
    assert watched("AWS/SQS", "ApproximateAgeOfOldestMessage") == {
        "Due",
        "Hooks",
        "Outbox",
        "Receipts",
    }


def test_every_function_raises_an_alarm_when_it_fails_or_is_not_started() -> None:
    throttled = {
        function
        for alarm in ("FunctionsThrottledAlarm", "WorkersThrottledAlarm")
        for function in references(ALARMS[alarm]["Metrics"])
    }

    assert watched("AWS/Lambda", "Errors") == set(functions())
    assert throttled == set(functions())


def test_no_alarm_has_more_metrics_than_cloudwatch_takes() -> None:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html"""
    for alarm in ALARMS.values():
        queries = [mapping(query) for query in sequence(alarm.get("Metrics", []))]

        assert sum("MetricStat" in query for query in queries) <= 10


def test_error_alarms_name_their_function_and_differ_in_nothing_else() -> None:
    own = {"AlarmDescription", "Dimensions"}
    alarms = {
        name: alarm for name, alarm in ALARMS.items() if alarm.get("Namespace") == "AWS/Lambda"
    }

    for name, alarm in alarms.items():
        [function] = references(alarm["Dimensions"])
        variables = mapping(mapping(functions()[function]["Environment"])["Variables"])
        service = text(variables.get("POWERTOOLS_SERVICE_NAME", "console"))
        assert name == function.removesuffix("Function") + "ErrorsAlarm"
        assert text(alarm["AlarmDescription"]).startswith(f"{service.capitalize()}: ")
    first, *others = (
        {key: value for key, value in alarm.items() if key not in own} for alarm in alarms.values()
    )
    assert all(other == first for other in others)


def test_ses_reputation_raises_an_alarm_long_before_ses_reviews_the_account() -> None:
    thresholds = {
        text(alarm["MetricName"]): alarm["Threshold"]
        for alarm in ALARMS.values()
        if alarm.get("Namespace") == "AWS/SES"
    }

    assert thresholds == {"Reputation.BounceRate": 0.02, "Reputation.ComplaintRate": 0.0005}


def test_an_idle_reconcile_raises_an_alarm() -> None:
    alarm = ALARMS["ReconcileSilentAlarm"]
    variables = mapping(mapping(functions()["ReconcileFunction"]["Environment"])["Variables"])
    [dimension] = sequence(alarm["Dimensions"])

    assert alarm["TreatMissingData"] == "breaching"
    assert alarm["MetricName"] == "ReconcileRuns"
    assert dimension == {"Name": "service", "Value": variables["POWERTOOLS_SERVICE_NAME"]}


def test_an_hour_of_mail_without_ses_events_raises_an_alarm() -> None:
    alarm = ALARMS["EventsSilentAlarm"]
    expression, *metrics = map(mapping, sequence(alarm["Metrics"]))
    watched_metrics = {
        text(metric["Id"]): mapping(mapping(metric["MetricStat"])["Metric"]) for metric in metrics
    }

    # A quiet hour is no silence, and what is never counted is not there: hence FILL.
    assert expression["Expression"] == "IF(FILL(sent, 0) > 0 AND FILL(events, 0) == 0, 1, 0)"
    assert [mapping(metric["MetricStat"])["Period"] for metric in metrics] == [3600, 3600]
    # A sliding window would raise the alarm between the first mail for an hour and its first event.
    assert alarm["EvaluationWindow"] == {"WallClockWindow": {"Timezone": "UTC"}}
    sent, events = watched_metrics["sent"], watched_metrics["events"]
    assert sent["MetricName"] in DELIVERY_METRICS
    assert sent["Dimensions"] == [{"Name": "service", "Value": "deliver"}]
    assert f'"{events["MetricName"]}"' in TRACK
    assert events["Dimensions"] == [{"Name": "service", "Value": "track"}]
    namespace = ALARMS["MessagesHeldAlarm"]["Namespace"]
    assert sent["Namespace"] == events["Namespace"] == namespace


@pytest.mark.parametrize("name", ["EventsUnmatchedAlarm", "EventsNamingNobodyAlarm"])
def test_an_event_that_finds_no_recipient_raises_an_alarm(name: str) -> None:
    alarm = ALARMS[name]

    assert f'"{alarm["MetricName"]}"' in TRACK
    assert alarm["Dimensions"] == [{"Name": "service", "Value": "track"}]
    assert alarm["Threshold"] == 1


def test_functions_write_their_metrics_where_the_alarms_look() -> None:
    """Per stack: metrics of one must not hide that another in the same account has stopped."""
    variables = mapping(mapping(functions()["ReconcileFunction"]["Environment"])["Variables"])

    namespace = ALARMS["ReconcileSilentAlarm"]["Namespace"]

    assert namespace == variables["POWERTOOLS_METRICS_NAMESPACE"]
    assert "${AWS::StackName}" in str(namespace)


def test_alarms_on_deliveries_name_metrics_that_deliver_counts() -> None:
    assert named_by_alarms("Messages") == {"MessagesHeld", "MessagesRefused"}
    assert named_by_alarms("Messages") <= DELIVERY_METRICS


def test_alarms_on_events_name_metrics_that_track_counts() -> None:
    assert named_by_alarms("Marked") == {"MarkedHardBounced"}
    assert named_by_alarms("Marked") <= EVENT_METRICS
