"""Records the events that SES reports, and brings the row of each Send up to date."""

from collections import defaultdict
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

from facteur.bootstrap.track import track
from facteur.domain.errors import NotFoundError
from facteur.domain.identity import OrgId, SendId
from facteur.services.delivery.record_ses_event import Recorded

logger = Logger()
metrics = EphemeralMetrics()
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Record a batch of events, then bring the row of each Send up to date."""
    worker = track()
    worker.record_ses_event.begin()
    results: dict[tuple[OrgId, SendId], dict[str, Recorded]] = defaultdict(dict)

    def record_event(record: SQSRecord) -> None:
        try:
            ses_event = worker.read(record.body)
            is_repeated = int(record.attributes.approximate_receive_count) > 1
            recorded = worker.record_ses_event.record(ses_event, is_repeated=is_repeated)
        except NotFoundError as error:
            logger.warning("event set aside", reason=error.code, sqs_message=record.message_id)
            return
        results[ses_event.organization, ses_event.send][record.message_id] = recorded
        keys = {
            "organization": ses_event.organization,
            "send": ses_event.send,
            "message_n": ses_event.message,
            "event": ses_event.event.value,
        }
        if recorded.unmatched:
            logger.warning("event names an unknown address", extra=keys)
        if recorded.names_nobody:
            logger.warning("event names no recipient", extra=keys)
        logger.info("event recorded", extra=keys | {"is_new": bool(recorded.new)})
        _count(recorded)
        # Last: when it fails, the row of the Send is brought up to date all the same.
        worker.record_standings.record(ses_event)

    metrics.add_metric("EventsReceived", MetricUnit.Count, len(event["Records"]))
    response = process_partial_response(event, record_event, processor, context)
    for failure in processor.exceptions:
        logger.error("event failed", exc_info=failure[1])
    for (organization, send), of_send in results.items():
        try:
            worker.settle_batch.after_events(organization, send, of_send.values())
        except Exception:
            # Reconcile does not look at a row that has ended: only this event can settle it.
            logger.exception("send not settled", organization=organization, send=send)
            failed = response["batchItemFailures"]
            named = {failure["itemIdentifier"] for failure in failed}
            failed += [{"itemIdentifier": item} for item in of_send if item not in named]
    return response


def _count(recorded: Recorded) -> None:
    for event in recorded.new:
        name = event.value.title().replace("_", "")
        metrics.add_metric(f"Marked{name}", MetricUnit.Count, 1)
    metrics.add_metric("EventsUnmatched", MetricUnit.Count, int(recorded.unmatched > 0))
    metrics.add_metric("EventsNamingNobody", MetricUnit.Count, int(recorded.names_nobody))
