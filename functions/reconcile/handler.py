"""Repairs overdue Sends, campaigns and schedules. It renders no PDF and sends no e-mail."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit, single_metric
from aws_lambda_powertools.utilities.typing import LambdaContext

from facteur.bootstrap.reconcile import reconcile
from facteur.services.reconcile import Reconcile, ReconcileResult

MIN_TIME_LEFT_MS = 15_000
"""Time that one more item may take; the items that remain are left to the next invocation."""

MIN_TIME_LEFT_FOR_OVERDUE_MS = 35_000
"""Time that deriving instants again leaves to what is overdue: more than half."""

logger = Logger()
metrics = EphemeralMetrics()


@logger.inject_lambda_context
@metrics.log_metrics
def handler(_: dict[str, Any], context: LambdaContext) -> None:
    """Reconcile what is overdue, oldest first, as long as there is time."""
    reconciler = reconcile()
    results: Counter[ReconcileResult] = Counter()
    left = context.get_remaining_time_in_millis
    rederived, failed = _rederive(reconciler, lambda: left() >= MIN_TIME_LEFT_FOR_OVERDUE_MS)
    progress = True
    while progress:
        progress = False
        for item in reconciler.list_overdue():
            if left() < MIN_TIME_LEFT_MS:
                progress = False
                break
            try:
                result = reconciler.reconcile(item)
            except Exception:
                # It is tried again when its lease ends, after 15 minutes; the others are next.
                failed += 1
                logger.exception("not reconciled", extra=asdict(item))
            else:
                results[result] += 1
                progress = progress or result is not ReconcileResult.ELSEWHERE
    hooks = reconciler.hooks.pay(has_time=lambda: left() >= MIN_TIME_LEFT_MS)
    failed += hooks.failed
    logger.info(
        "reconciled",
        failed=failed,
        hooks=hooks.enqueued.total(),
        rederived=rederived,
        results={result.value: results[result] for result in ReconcileResult},
    )
    metrics.add_metric("OverdueSends", MetricUnit.Count, results[ReconcileResult.SEND])
    metrics.add_metric("OverdueCampaigns", MetricUnit.Count, results[ReconcileResult.RUN])
    metrics.add_metric("SchedulesRepaired", MetricUnit.Count, results[ReconcileResult.SCHEDULE])
    metrics.add_metric("ReconcileFailures", MetricUnit.Count, failed)
    metrics.add_metric("ReconcileRuns", MetricUnit.Count, 1)
    _count_no_event()


def _count_no_event() -> None:
    """Count 0 for `track`: the alarm on silence sees no metric that never had a value."""
    service = {"service": "track"}
    with single_metric("EventsReceived", MetricUnit.Count, 0, default_dimensions=service):
        pass


def _rederive(reconciler: Reconcile, has_time: Callable[[], bool]) -> tuple[int, int]:
    """Derive instants again after a change of zone rules: campaigns changed, failures."""
    try:
        return reconciler.instants.rederive(has_time=has_time), 0
    except Exception:
        # The next run repeats it; what is overdue goes on.
        logger.exception("instants not derived again")
        return 0, 1
