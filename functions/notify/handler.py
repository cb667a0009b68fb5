"""Delivers one event to one webhook."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from facteur.bootstrap.notify import notify

logger = Logger()
metrics = EphemeralMetrics()
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Attempt the deliveries of a batch; only the messages that failed are received again."""
    worker = notify()

    def attempt(record: SQSRecord) -> None:
        message = worker.read(record.body)
        notified = worker.notify_host.attempt(message)
        result, tried = notified.result, notified.attempt
        # Neither the address of the receiver nor its answer: both may contain secrets.
        logger.info(
            "hook attempted",
            organization=message.organization,
            webhook=message.webhook,
            hook=message.hook,
            result=result.value,
            status=tried.status if tried is not None else None,
            error=tried.error.value if tried is not None and tried.error is not None else None,
            duration_ms=tried.duration_ms if tried is not None else None,
        )
        metrics.add_metric(f"Hooks{result.value.title().replace('_', '')}", MetricUnit.Count, 1)

    metrics.add_metric("HooksReceived", MetricUnit.Count, len(event["Records"]))
    response = process_partial_response(event, attempt, processor, context)
    for failure in processor.exceptions:
        logger.error("hook failed", exc_info=failure[1])
    return response
