"""Says of an uploaded PDF whether it may be sent: it reads hostile files, and may do no more."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from facteur.bootstrap.inspect import inspect

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """Inspect the upload that the event names; ends with an error when it cannot be read."""
    worker = inspect()
    organization, upload_id = worker.read(event)
    inspection = worker.inspect_upload.inspect(organization, upload_id)
    refusal = inspection.refusal
    logger.info(
        "upload inspected",
        organization=organization,
        upload=upload_id,
        reason=None if refusal is None else refusal.reason.value,
    )
    return worker.write(inspection)
