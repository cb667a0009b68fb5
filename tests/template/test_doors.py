"""Authentication, sign-in, and the SES resources that mail is sent through."""

from local.template.data import mapping, sequence, text
from tests.template.declared import events, expand, properties, references, resources, template

OPEN = {"/v1/openapi.json", "/", "/{proxy+}"}
"""Public routes: the description of the API, and the files of the console."""


def test_every_route_asks_for_a_token_but_the_description_of_the_api_and_the_console() -> None:
    open_routes = [
        text(event["Path"])
        for _, event in events("HttpApi")
        if mapping(event.get("Auth", {})).get("Authorizer") == "NONE"
    ]

    assert set(open_routes) == OPEN
    assert mapping(properties(resources()["Api"])["Auth"])["DefaultAuthorizer"] == "Tokens"


def test_the_deployed_api_checks_tokens_on_every_route_but_those() -> None:
    api = properties(resources(where=expand(template()))["Api"])
    paths = mapping(mapping(api["Body"])["paths"])

    without_authorizer = {
        path
        for path, methods in paths.items()
        for operation in mapping(methods).values()
        if not (isinstance(operation, dict) and {"Tokens": []} in sequence(operation["security"]))
    }

    assert without_authorizer == OPEN
    assert api["FailOnWarnings"] is True


def test_the_authorizer_takes_tokens_of_our_pool_for_our_clients() -> None:
    auth = mapping(properties(resources()["Api"])["Auth"])
    jwt = mapping(mapping(mapping(auth["Authorizers"])["Tokens"])["JwtConfiguration"])

    assert "UserPool" in references(jwt["issuer"])
    assert set(references(jwt["audience"])) >= {"PeopleClient", "HostClientIds"}


def test_the_api_is_throttled_and_logs_every_access() -> None:
    api = properties(resources()["Api"])

    throttling = mapping(api["DefaultRouteSettings"])

    assert {"ThrottlingRateLimit", "ThrottlingBurstLimit"} <= set(throttling)
    assert "ApiLogs" in references(mapping(api["AccessLogSettings"])["DestinationArn"])
    assert "RetentionInDays" in properties(resources()["ApiLogs"])


def test_no_access_log_holds_an_address_a_query_or_a_token() -> None:
    written = text(mapping(properties(resources()["Api"])["AccessLogSettings"])["Format"])

    for unwanted in ("claims.email", "claims.name", "$context.path", "queryString", "sourceIp"):
        assert unwanted not in written


def test_the_organization_of_a_person_is_fixed_and_no_client_may_write_it() -> None:
    pool = properties(resources()["UserPool"])
    client = properties(resources()["PeopleClient"])
    [organization] = (
        mapping(a) for a in sequence(pool["Schema"]) if mapping(a)["Name"] == "organization"
    )

    assert organization["Mutable"] is False
    assert client["WriteAttributes"] == ["email", "name"]
    assert "custom:organization" in sequence(client["ReadAttributes"])


def test_nobody_signs_up_alone_or_takes_an_address_before_proving_it() -> None:
    pool = properties(resources()["UserPool"])

    assert mapping(pool["AdminCreateUserConfig"])["AllowAdminCreateUserOnly"] is True
    assert pool["UserAttributeUpdateSettings"] == {
        "AttributesRequireVerificationBeforeUpdate": ["email"]
    }


def test_the_sign_in_page_is_branded_or_it_would_not_show() -> None:
    branding = properties(resources()["LoginBranding"])
    domain = properties(resources()["LoginDomain"])

    assert branding["UseCognitoProvidedValues"] is True
    assert branding["ClientId"] == {"Ref": "PeopleClient"}
    assert domain["ManagedLoginVersion"] == 2
    assert "${AWS::AccountId}" in str(domain["Domain"])


def test_host_applications_have_a_scope_to_ask_for() -> None:
    server = properties(resources()["ApiScopes"])

    assert server["Identifier"] == "facteur"
    assert mapping(sequence(server["Scopes"])[0])["ScopeName"] == "api"


def test_a_parameter_becomes_an_identity_with_dkim_and_mail_from() -> None:
    identity = resources()["Identity"]

    declared = properties(identity)

    assert identity["Condition"] == "OwnIdentity"
    assert declared["EmailIdentity"] == {"Ref": "SenderDomain"}
    assert declared["DkimAttributes"] == {"SigningEnabled": True}
    assert mapping(declared["MailFromAttributes"])["MailFromDomain"] == {
        "Fn::Sub": "bounce.${SenderDomain}"
    }


def test_ses_reports_everything_that_happens_to_a_mail() -> None:
    destination = resources()["AllEvents"]
    event = mapping(properties(destination)["EventDestination"])

    assert set(sequence(event["MatchingEventTypes"])) == {
        "send",
        "delivery",
        "bounce",
        "complaint",
        "reject",
        "renderingFailure",
        "deliveryDelay",
    }
    assert mapping(event["SnsDestination"])["TopicARN"] == {"Ref": "SesEvents"}
    # SES publishes a test message when the topic is added.
    assert destination["DependsOn"] == "SesEventsPolicy"


def test_events_reach_the_queue_as_ses_wrote_them_and_are_not_lost_on_the_way() -> None:
    [subscription] = (
        properties(s)
        for s in resources("AWS::SNS::Subscription").values()
        if properties(s)["Protocol"] == "sqs"
    )

    assert subscription["RawMessageDelivery"] is True
    assert set(references(subscription["Endpoint"])) == {"Receipts"}
    assert set(references(subscription["RedrivePolicy"])) == {"ReceiptsDeadLetters"}


def test_only_our_configuration_set_publishes_events_and_only_our_topic_queues_them() -> None:
    topic = str(properties(resources()["SesEventsPolicy"])["PolicyDocument"])
    queue = str(properties(resources()["ReceiptsPolicy"])["PolicyDocument"])

    assert "configuration-set/${ConfigurationSet}" in topic
    assert "aws:SourceAccount" in topic
    assert "'aws:SourceArn': {'Ref': 'SesEvents'}" in queue


def test_mail_goes_out_by_tls_and_not_to_those_who_complained() -> None:
    declared = properties(resources()["ConfigurationSet"])

    assert declared["DeliveryOptions"] == {"TlsPolicy": "REQUIRE"}
    assert declared["SuppressionOptions"] == {"SuppressedReasons": ["BOUNCE", "COMPLAINT"]}
    assert declared["ReputationOptions"] == {"ReputationMetricsEnabled": True}
