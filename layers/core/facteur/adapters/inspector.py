"""The port ``Inspector``: calls of the function ``inspect``, with their requests and answers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, ConfigDict, Field

from facteur.adapters.aws_errors import is_unanswered
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import OrgId
from facteur.domain.inspection import Inspection, Refusal, RefusalReason

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

INSPECTION_CALL = Config(
    # Longer than the function's own time and its start; shorter than what `documents` has left.
    # Not repeated: there would be no time for it, and the client may ask again.
    retries={"mode": "standard", "total_max_attempts": 1},
    connect_timeout=2,
    read_timeout=20,
)
_THROTTLED = 429
_UNAVAILABLE = UnavailableError.__name__
"""The type of error that ``inspect`` ends with when it cannot read the upload."""
_MAX_ANSWER = 65_536

type _Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class InspectionRequest(_Message):
    """What ``inspect`` is asked."""

    organization: _Id
    upload_id: _Id


class InspectionAnswer(_Message):
    """What it answers. Its reader may have been taken over by a file: nothing else is believed."""

    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    reason: RefusalReason | None = None
    what: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{0,32}$")] = ""


class _Failure(BaseModel):
    """What Lambda says of a function that failed.

    https://docs.aws.amazon.com/lambda/latest/dg/python-exceptions.html
    """

    kind: Annotated[str, Field(alias="errorType")] = ""


def read_request(event: Mapping[str, Any]) -> tuple[OrgId, str]:
    """Organization and upload. Raises pydantic's ValidationError for a malformed request."""
    request = InspectionRequest.model_validate(event)
    return OrgId(request.organization), request.upload_id


def write_answer(inspection: Inspection) -> dict[str, Any]:
    """The answer, as JSON."""
    refusal = inspection.refusal
    answer = InspectionAnswer(
        sha256=inspection.sha256,
        reason=None if refusal is None else refusal.reason,
        what="" if refusal is None else refusal.what,
    )
    return answer.model_dump(mode="json")


class LambdaInspector:
    """The port ``Inspector``."""

    def __init__(self, client: "LambdaClient", *, function: str) -> None:
        self._client = client
        self._function = function

    def inspect(self, organization: OrgId, upload_id: str) -> Inspection:
        """Have an upload inspected, and wait for the result."""
        request = InspectionRequest(organization=organization, upload_id=upload_id)
        try:
            answer = self._client.invoke(
                FunctionName=self._function, Payload=request.model_dump_json()
            )
            payload = answer["Payload"].read(_MAX_ANSWER)
        except (BotoCoreError, ClientError) as error:
            if is_unanswered(error) or _is_throttled(error):
                raise UnavailableError("inspector_unavailable") from error
            raise
        if "FunctionError" in answer:
            return _failed(payload)
        read = InspectionAnswer.model_validate_json(payload)
        return Inspection(
            read.sha256, None if read.reason is None else Refusal(read.reason, read.what)
        )


def _failed(payload: bytes) -> Inspection:
    """The result when the function has not come to one.

    Out of time, out of memory or broken off: a file that does this does it every time.
    """
    if _Failure.model_validate_json(payload).kind == _UNAVAILABLE:
        raise UnavailableError("inspector_unavailable")
    return Inspection("", Refusal(RefusalReason.TOO_COMPLEX))


def _is_throttled(error: BotoCoreError | ClientError) -> bool:
    if not isinstance(error, ClientError):
        return False
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == _THROTTLED
