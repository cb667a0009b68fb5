"""The port ``Mailer``: SES v2. One POST per call; errors are named by the reaction."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
)

from facteur.domain.errors import (
    AmbiguousSendError,
    MailError,
    PermanentSendError,
    QuotaExceededError,
    RetryableSendError,
    ThrottledError,
)
from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import detail_of

if TYPE_CHECKING:
    from types_boto3_sesv2 import SESV2Client

SES_CONFIG = Config(
    # By default boto3 repeats a POST after a timeout, a reset, a 500 or a 429, and SES would send
    # each of them.
    retries={"mode": "standard", "total_max_attempts": 1},
    connect_timeout=3,
    read_timeout=10,
)

_UNVERIFIED = re.compile(r"not verified.*?: (?P<identities>.+)", re.DOTALL)
_DENIED = re.compile(r":identity/(?P<identity>[^\s'\"`,]+)")
_BAD_ADDRESS = re.compile(
    r"illegal address|invalid.*address|missing (?:final|local|domain)|"
    r"(?:domain|local address|address) (?:contains|starts|ends|is)|blacklisted",
    re.IGNORECASE,
)
_TOO_LARGE = re.compile(r"message length|too large|maximum message size", re.IGNORECASE)

_ACCESS_DENIED = {"AccessDenied", "AccessDeniedException"}
_PERMANENT = {
    "AccountSuspendedException": "account_suspended",
    "MailFromDomainNotVerifiedException": "sender_not_verified",
    "NotFoundException": "ses_misconfigured",
}
_THROTTLED = {
    "TooManyRequestsException",
    "LimitExceededException",
    "Throttling",
    "ThrottlingException",
    "RequestThrottled",
    "RequestThrottledException",
}
_UNAUTHORIZED = {401, 403}
_REQUEST_TIMEOUT = 408


class SesMailer:
    """Sends raw messages through SES with one configuration set."""

    def __init__(self, client: "SESV2Client", *, configuration_set: str) -> None:
        self._client = client
        self._configuration_set = configuration_set

    def refresh(self) -> None:
        """Close kept-alive connections; the next call opens a new one."""
        self._client.close()

    def send(
        self,
        source: bytes,
        *,
        from_address: str,
        envelope: Sequence[str],
        organization: OrgId,
        send: SendId,
        n: int,
    ) -> str:
        """Send a raw message in one POST. SES repeats the tags in every event about it.

        For a raw message ``Destination`` is the envelope, whichever of its lists an address is in;
        ``BccAddresses`` is the one that is certainly not shown. ``FromEmailAddress`` is left out,
        since it would replace the From header and so the sender's name.
        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
        """
        try:
            return self._client.send_email(
                Destination={"BccAddresses": list(envelope)},
                Content={"Raw": {"Data": source}},
                ConfigurationSetName=self._configuration_set,
                EmailTags=[
                    {"Name": "org", "Value": organization},
                    {"Name": "send", "Value": send},
                    {"Name": "message", "Value": str(n)},
                ],
            )["MessageId"]
        except Exception as error:
            raise mail_error_of(error, from_address=from_address) from error


def mail_error_of(error: Exception, *, from_address: str) -> MailError:
    """The error of a failed POST; ambiguous unless SES certainly did not accept the message."""
    match error:
        case ClientError():
            return _refusal(error, from_address)
        case ConnectTimeoutError() | EndpointConnectionError():
            return RetryableSendError("ses_unreachable", type(error).__name__)
        case NoCredentialsError() | CredentialRetrievalError():
            return RetryableSendError("ses_misconfigured", type(error).__name__)
        case ParamValidationError():
            return PermanentSendError("message_refused", detail_of(str(error)))
    return AmbiguousSendError("unconfirmed", type(error).__name__)


def _refusal(error: ClientError, from_address: str) -> MailError:
    """The error of an SES response. Only a status below 500 means that it was not accepted."""
    name = str(error.response.get("Error", {}).get("Code", ""))
    text = detail_of(str(error.response.get("Error", {}).get("Message", "")))
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500))
    if status >= 500 or status == _REQUEST_TIMEOUT:
        return AmbiguousSendError("unconfirmed", text)
    if "daily message quota" in text.lower():
        return QuotaExceededError("quota_exceeded", text)
    if name in _THROTTLED or status == 429 or "maximum sending rate" in text.lower():
        return ThrottledError("throttled", text)
    if name == "SendingPausedException":
        return QuotaExceededError("sending_paused", text)
    if status in _UNAUTHORIZED and name not in _PERMANENT.keys() | _ACCESS_DENIED:
        # Expired credentials or a wrong clock: nothing was sent.
        return RetryableSendError("ses_misconfigured", text)
    if name in _ACCESS_DENIED:
        code = _denial(text, from_address)
    else:
        code = _PERMANENT.get(name) or _rejection(text, from_address)
    return PermanentSendError(code, text)


def _denial(text: str, from_address: str) -> str:
    """The code of a message that IAM denies.

    In the sandbox SES also requires permission for the recipient's identity and names it:
    "not authorized to perform `ses:SendRawEmail' on resource `arn:…:identity/a@x.example'".
    https://github.com/cloudposse/terraform-aws-ses/issues/40
    """
    denied = _DENIED.search(text)
    if denied is None:
        return "ses_misconfigured"
    identity = denied["identity"].casefold().rstrip(".")
    sender = from_address.casefold()
    # The identity of a domain includes its subdomains.
    is_ours = sender == identity or sender.endswith((f"@{identity}", f".{identity}"))
    return "ses_misconfigured" if is_ours else "ses_sandbox"


def _rejection(text: str, from_address: str) -> str:
    """The code of a message that SES rejects.

    https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html
    """
    if "not authorized to send" in text.lower() or "authority to send" in text.lower():
        return "sender_not_verified"
    if (unverified := _UNVERIFIED.search(text)) is not None:
        identities = unverified["identities"].casefold()
        return "sender_not_verified" if from_address.casefold() in identities else "ses_sandbox"
    if _TOO_LARGE.search(text):
        return "attachment_too_large"
    if _BAD_ADDRESS.search(text):
        return "address_rejected"
    return "message_refused"
