"""Looks at what should have happened by now. Never renders, never mails."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from facteur import bootstrap

MIN_TIME_LEFT_MS = 15_000
"""Less is not enough for one more Send; what is left is still overdue at the next run."""

logger = Logger()
metrics = Metrics()


@logger.inject_lambda_context
@metrics.log_metrics
def handler(_: dict[str, Any], context: LambdaContext) -> None:
    """Look at overdue Sends, oldest first, as long as there is time."""
    reconciler = bootstrap.reconcile()
    taken = failed = 0
    progress = True
    while progress:
        progress = False
        for item in reconciler.list_overdue():
            if context.get_remaining_time_in_millis() < MIN_TIME_LEFT_MS:
                progress = False
                break
            try:
                if reconciler.reconcile(item):
                    taken += 1
                    progress = True
            except Exception:
                # Its lease ends in a quarter of an hour; the others must not wait for it.
                failed += 1
                logger.exception("send not reconciled", send=item.send)
    logger.info("reconciled", taken=taken, failed=failed)
    metrics.add_metric("OverdueSends", MetricUnit.Count, taken + failed)
    metrics.add_metric("ReconcileFailures", MetricUnit.Count, failed)
    metrics.add_metric("ReconcileRuns", MetricUnit.Count, 1)
