"""One POST in every case, and the right error for every response."""

import base64
import socket
from collections.abc import Iterator

import boto3
import pytest
from botocore.config import Config

from facteur.adapters.ses import SES_CONFIG, SesMailer
from facteur.domain.errors import (
    AmbiguousSendError,
    MailError,
    PermanentSendError,
    QuotaExceededError,
    RetryableSendError,
    ThrottledError,
)
from facteur.domain.identity import OrgId, SendId
from tests.adapters.ses.server import Behaviour, ses_server

SOURCE = b"From: Marie <marie@atelier.example>\r\nSubject: Facture\r\n\r\nBonjour\r\n"
QUICK = Config(connect_timeout=1, read_timeout=0.2)


def mailer_at(url: str) -> SesMailer:
    client = boto3.client(
        "sesv2",
        endpoint_url=url,
        region_name="eu-west-3",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=SES_CONFIG.merge(QUICK),
    )
    return SesMailer(client, configuration_set="facteur")


def send(mailer: SesMailer) -> str:
    return mailer.send(
        SOURCE,
        from_address="marie@atelier.example",
        envelope=["a@client.example", "b@client.example"],
        organization=OrgId("atelier"),
        send=SendId("01SEND"),
        n=3,
    )


@pytest.fixture
def behaviour() -> Behaviour:
    return Behaviour()


@pytest.fixture
def mailer(behaviour: Behaviour) -> Iterator[SesMailer]:
    with ses_server(behaviour) as url:
        mailer = mailer_at(url)
        yield mailer
        mailer.refresh()


@pytest.mark.feature("S16")
def test_a_mail_is_posted_with_its_envelope_its_tags_and_its_own_headers(
    mailer: SesMailer, behaviour: Behaviour
) -> None:
    ses_message_id = send(mailer)

    (request,) = behaviour.requests
    assert ses_message_id == "0102-ses"
    assert base64.b64decode(request["Content"]["Raw"]["Data"]) == SOURCE
    assert request["Destination"] == {"BccAddresses": ["a@client.example", "b@client.example"]}
    assert "FromEmailAddress" not in request
    assert request["ConfigurationSetName"] == "facteur"
    assert {tag["Name"]: tag["Value"] for tag in request["EmailTags"]} == {
        "org": "atelier",
        "send": "01SEND",
        "message": "3",
    }


@pytest.mark.feature("B2")
@pytest.mark.parametrize(
    "bad",
    [
        Behaviour(status=500, error="InternalFailure", body={"message": "sorry"}),
        Behaviour(status=503, error="ServiceUnavailable", body={"message": "busy"}),
        Behaviour(status=0),
        Behaviour(delay=5),
        Behaviour(status=200, body={"unexpected": 1}),
    ],
    ids=["500", "503", "reset after reading", "no answer", "unreadable answer"],
)
def test_what_may_have_been_accepted_is_ambiguous_and_posted_once(bad: Behaviour) -> None:
    with ses_server(bad) as url:
        mailer = mailer_at(url)

        with pytest.raises(AmbiguousSendError):
            send(mailer)

        mailer.refresh()
    assert len(bad.requests) == 1


def test_a_connection_never_made_is_retryable() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    mailer = mailer_at(f"http://127.0.0.1:{port}")

    with pytest.raises(RetryableSendError):
        send(mailer)


@pytest.mark.feature("B2")
def test_a_connection_that_died_while_it_was_kept_makes_a_mail_ambiguous(
    mailer: SesMailer, behaviour: Behaviour
) -> None:
    behaviour.first_only = True
    send(mailer)

    with pytest.raises(AmbiguousSendError):
        send(mailer)


@pytest.mark.feature("B2")
def test_after_a_refresh_a_mail_takes_a_new_connection(
    mailer: SesMailer, behaviour: Behaviour
) -> None:
    behaviour.first_only = True
    for _ in range(3):
        mailer.refresh()
        send(mailer)

    assert len(behaviour.requests) == 3


NOT_VERIFIED = (
    "Email address is not verified. The following identities failed the check in region EU-WEST-3: "
)

DENIED = (
    "User: arn:aws:sts::123456789012:assumed-role/deliver/deliver is not authorized to perform:"
    " ses:SendEmail on resource: arn:aws:ses:eu-west-3:123456789012:identity/{}"
    " because no identity-based policy allows the ses:SendEmail action"
)
DENIED_AS_BEFORE = (
    "User `arn:aws:sts::123456789012:assumed-role/deliver/deliver' is not authorized to perform"
    " `ses:SendRawEmail' on resource `arn:aws:ses:eu-west-3:123456789012:identity/{}'"
)


@pytest.mark.feature("S77")
@pytest.mark.parametrize(
    ("answer", "expected", "code"),
    [
        ((429, "TooManyRequestsException", "Too many requests"), ThrottledError, "throttled"),
        ((400, "TooManyRequestsException", "Maximum sending rate exceeded."), ThrottledError, None),
        ((400, "ThrottlingException", "Rate exceeded"), ThrottledError, "throttled"),
        ((400, "LimitExceededException", "There are too many"), ThrottledError, "throttled"),
        (
            (429, "TooManyRequestsException", "Daily message quota exceeded."),
            QuotaExceededError,
            "quota_exceeded",
        ),
        ((400, "SendingPausedException", "Sending paused"), QuotaExceededError, "sending_paused"),
        ((400, "AccountSuspendedException", "Suspended"), PermanentSendError, "account_suspended"),
        (
            (400, "MailFromDomainNotVerifiedException", "Not verified"),
            PermanentSendError,
            "sender_not_verified",
        ),
        (
            (400, "MessageRejected", NOT_VERIFIED + "a@client.example"),
            PermanentSendError,
            "ses_sandbox",
        ),
        (
            (400, "MessageRejected", NOT_VERIFIED + "Marie@atelier.example, a@client.example"),
            PermanentSendError,
            "sender_not_verified",
        ),
        (
            (400, "BadRequestException", "Local address contains control or whitespace"),
            PermanentSendError,
            "address_rejected",
        ),
        (
            (
                400,
                "MessageRejected",
                "Message length is more than 41943040 bytes long: '42000000'.",
            ),
            PermanentSendError,
            "attachment_too_large",
        ),
        ((400, "MessageRejected", "No."), PermanentSendError, "message_refused"),
        ((400, "BadRequestException", "Nonsense"), PermanentSendError, "message_refused"),
        (
            (404, "NotFoundException", "Configuration set <facteur> does not exist."),
            PermanentSendError,
            "ses_misconfigured",
        ),
        ((403, "AccessDeniedException", "Not allowed"), PermanentSendError, "ses_misconfigured"),
        (
            (403, "AccessDeniedException", DENIED.format("atelier.example")),
            PermanentSendError,
            "ses_misconfigured",
        ),
        (
            (403, "AccessDeniedException", DENIED.format("Marie@Atelier.example")),
            PermanentSendError,
            "ses_misconfigured",
        ),
        (
            (403, "AccessDeniedException", DENIED.format("a@client.example")),
            PermanentSendError,
            "ses_sandbox",
        ),
        (
            (403, "AccessDeniedException", DENIED.format("paul@atelier.example")),
            PermanentSendError,
            "ses_sandbox",
        ),
        (
            (403, "AccessDenied", DENIED_AS_BEFORE.format("client.example")),
            PermanentSendError,
            "ses_sandbox",
        ),
        ((403, "ExpiredTokenException", "Expired"), RetryableSendError, None),
        ((408, "RequestTimeoutException", "Slow"), AmbiguousSendError, "unconfirmed"),
    ],
)
def test_every_refusal_is_named_by_what_to_do(
    mailer: SesMailer,
    behaviour: Behaviour,
    answer: tuple[int, str, str],
    expected: type[MailError],
    code: str | None,
) -> None:
    status, error, message = answer
    behaviour.status, behaviour.error, behaviour.body = status, error, {"message": message}

    with pytest.raises(MailError) as raised:
        send(mailer)

    assert type(raised.value) is expected
    assert raised.value.detail == message
    assert code in (None, raised.value.code)
    assert len(behaviour.requests) == 1
