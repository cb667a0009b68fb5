"""Hands the messages of the outbox to SES, each at most once."""

from collections import defaultdict
from datetime import timedelta
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

from facteur.bootstrap.deliver import deliver
from facteur.domain.identity import OrgId, SendId
from facteur.services.delivery.deliver import Delivery, DeliveryResult

logger = Logger()
metrics = EphemeralMetrics()
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


class PutBackError(Exception):
    """Reports the record as failed to SQS, so that it is received again; not a fault."""


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Deliver a batch, then bring the row of each Send it touched up to date."""
    worker = deliver()
    worker.deliver_message.begin()
    results: dict[tuple[OrgId, SendId], list[tuple[int, DeliveryResult]]] = defaultdict(list)

    def deliver_record(record: SQSRecord) -> None:
        message = worker.read(record.body)
        delivery = Delivery(
            message=message,
            receipt_handle=record.receipt_handle,
            receive_count=int(record.attributes.approximate_receive_count),
            time_left=lambda: timedelta(milliseconds=context.get_remaining_time_in_millis()),
        )
        result = worker.deliver_message.deliver(delivery)
        results[message.organization, message.send].append((message.n, result))
        logger.info(
            "message delivered",
            organization=message.organization,
            send=message.send,
            message_n=message.n,
            result=result.value,
        )
        name = result.value.title().replace("_", "")
        metrics.add_metric(f"Messages{name}", MetricUnit.Count, 1)
        if result is DeliveryResult.PUT_BACK:
            raise PutBackError

    metrics.add_metric("MessagesReceived", MetricUnit.Count, len(event["Records"]))
    event["Records"] = worker.compose_mails.in_safe_order(
        event["Records"], lambda record: worker.read(record["body"])
    )
    response = process_partial_response(event, deliver_record, processor, context)
    for failure in processor.exceptions:
        if failure[0] is not PutBackError:
            logger.error("message failed", exc_info=failure[1])
    for (organization, send), of_send in results.items():
        try:
            worker.settle_batch.after_delivery(organization, send, of_send)
        except Exception:
            # The events are stored and the row still has overdue_at: reconcile settles it.
            logger.exception("send not settled", organization=organization, send=send)
    return response
