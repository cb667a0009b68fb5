"""The dashboard shows what exists, and every alarm about mail."""

import json
import re

from local.template.data import mapping, text
from tests.template.declared import functions, properties, references, resources
from tests.template.test_alarms import ALARMS, DELIVERY_METRICS, EVENT_METRICS

[DASHBOARD] = (properties(r) for r in resources("AWS::CloudWatch::Dashboard").values())
BODY = text(mapping(DASHBOARD["DashboardBody"])["Fn::Sub"])
WIDGETS = json.loads(BODY)["widgets"]
NAMESPACE = "Facteur/${AWS::StackName}"


def own_metrics() -> set[tuple[str, str]]:
    """Each metric of ours on the dashboard with the function that writes it, dots spelled out."""
    found = set()
    for widget in WIDGETS:
        above: list[str] = []
        for metric in widget["properties"].get("metrics", []):
            words = [word for word in metric if isinstance(word, str)]
            if words[0] == "...":
                words = above[:-1] + words[1:]
            words = [above[n] if word == "." else word for n, word in enumerate(words)]
            above = words
            if words[0] == NAMESPACE:
                found.add((words[3], words[1]))
    return found


def test_every_metric_of_ours_is_one_that_its_function_counts() -> None:
    by_function: dict[str, set[str]] = {}
    for function, metric in own_metrics():
        by_function.setdefault(function, set()).add(metric)

    assert by_function["deliver"] <= DELIVERY_METRICS
    assert by_function["track"] <= EVENT_METRICS
    assert by_function["run_campaign"] == {"RunsQueued", "RunsMissed"}
    assert by_function["reconcile"] == {"OverdueCampaigns"}


def test_it_names_only_resources_that_exist() -> None:
    named = set(references(DASHBOARD["DashboardBody"]))

    assert {name for name in named if not name.startswith("AWS::")} <= set(resources())


def test_it_shows_every_queue_and_every_function() -> None:
    named = set(references(DASHBOARD["DashboardBody"]))

    assert set(resources("AWS::SQS::Queue")) | set(functions()) <= named


def test_it_shows_every_alarm_but_those_of_single_functions() -> None:
    """Alarms of single functions are left out: their errors have a graph of their own."""
    shown = set(re.findall(r"\$\{(\w+Alarm)\.Arn\}", BODY))

    assert shown == {name for name in ALARMS if not name.endswith("ErrorsAlarm")}


def test_widgets_do_not_overlap() -> None:
    cells = [
        (x, y)
        for widget in WIDGETS
        for x in range(widget["x"], widget["x"] + widget["width"])
        for y in range(widget["y"], widget["y"] + widget["height"])
    ]

    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24
