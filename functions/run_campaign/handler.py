"""Makes one Send for each occurrence that has come due."""

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

from facteur.bootstrap.run_campaign import run_campaign

logger = Logger()
metrics = EphemeralMetrics()
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Run the campaigns of a batch; only the messages that failed are received again."""
    worker = run_campaign()

    def run(record: SQSRecord) -> None:
        message = worker.read(record.body)
        receive_count = int(record.attributes.approximate_receive_count)
        result = worker.run_campaign.run(message, receive_count=receive_count)
        logger.info(
            "campaign run",
            organization=message.organization,
            campaign=message.campaign,
            extra_run=message.extra,
            result=result.value,
        )
        metrics.add_metric(f"Runs{result.name.title().replace('_', '')}", MetricUnit.Count, 1)

    metrics.add_metric("RunsReceived", MetricUnit.Count, len(event["Records"]))
    response = process_partial_response(event, run, processor, context)
    for failure in processor.exceptions:
        logger.error("run failed", exc_info=failure[1])
    return response
