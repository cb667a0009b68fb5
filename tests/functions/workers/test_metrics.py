"""Metrics of a worker are its own: the local mode runs several workers in one process."""

import pytest
from aws_lambda_powertools.metrics import MetricUnit

from functions.deliver import handler as deliver
from functions.reconcile import handler as reconcile
from functions.run_campaign import handler as run_campaign
from functions.track import handler as track

WORKERS = [deliver, reconcile, run_campaign, track]


@pytest.mark.parametrize("worker", WORKERS, ids=lambda worker: worker.__name__)
def test_what_one_worker_counts_no_other_reports(worker: object) -> None:
    mine = worker.metrics  # type: ignore[attr-defined]
    others = [other.metrics for other in WORKERS if other is not worker]

    mine.add_metric("Counted", MetricUnit.Count, 1)

    assert "Counted" in mine.metric_set
    assert not any(other.metric_set for other in others)
    mine.clear_metrics()
