"""Functions: architecture, environment, triggers and policies."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from facteur import settings
from facteur.domain.composing import WORKER_LIFETIME
from facteur.services.delivery.deliver import MIN_TIME_TO_COMPOSE, MIN_TIME_TO_SEND
from local.template.data import mapping, sequence, text
from tests.template.declared import (
    as_list,
    events,
    functions,
    managed_policies,
    properties,
    references,
    resources,
    statements,
    template,
)

ROOT = Path(__file__).parents[2]
FUNCTIONS = sorted(functions())
CONSOLE = "ConsoleFunction"
BEHIND = [function for function in FUNCTIONS if function != CONSOLE]
"""Every function but the console, which has no layer, no permission and no data."""

MAY_USE = {
    "dynamodb": set(BEHIND) - {"InspectFunction"},
    "s3": {
        "DocumentsFunction",
        "InspectFunction",
        "SendsFunction",
        "RunCampaignFunction",
        "DeliverFunction",
    },
    "lambda": {"DocumentsFunction"},
    "sqs": {
        "CampaignsFunction",
        "SendsFunction",
        "RunCampaignFunction",
        "DeliverFunction",
        "TrackFunction",
        "ReconcileFunction",
        "WebhooksFunction",
        "NotifyFunction",
    },
    "ses": {"DeliverFunction"},
    "scheduler": {"CampaignsFunction", "ReconcileFunction"},
    "iam": {"CampaignsFunction", "ReconcileFunction"},
}
"""AWS service → the functions whose policy may name it."""

OWN_ADDRESSES = ":identity/*@${SenderDomain}'"

SPEAKS_OF_ITSELF = {
    "TABLE_NAME": "dynamodb",
    "ARCHIVE_BUCKET": "s3",
    "OUTBOX_QUEUE_URL": "sqs",
    "DUE_QUEUE_URL": "sqs",
    "HOOKS_QUEUE_URL": "sqs",
    "SCHEDULE_GROUP": "scheduler",
    "SCHEDULER_ROLE_ARN": "iam",
    "CONFIGURATION_SET": "ses",
    "INSPECT_FUNCTION": "lambda",
}
"""Environment variable → the service that a function knows by it."""


def services_of(function: str) -> set[str]:
    actions = [text(a) for s in statements(function) for a in as_list(s["Action"])]
    return {action.partition(":")[0] for action in actions}


def environment_of(function: str) -> set[str]:
    return set(mapping(mapping(functions()[function]["Environment"])["Variables"]))


def test_the_template_has_exactly_the_functions_of_the_architecture() -> None:
    folders = {text(declared["CodeUri"]) for declared in functions().values()}

    assert folders == {
        f"functions/{name}"
        for name in (
            "campaigns",
            "documents",
            "inspect",
            "recipients",
            "sends",
            "settings",
            "webhooks",
            "console",
            "run_campaign",
            "deliver",
            "track",
            "notify",
            "reconcile",
        )
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_has_its_handler_its_machine_and_active_tracing(function: str) -> None:
    declared = functions()[function]

    assert (ROOT / text(declared["CodeUri"]) / "handler.py").is_file()
    assert declared["Handler"] == "handler.handler"
    assert declared["Runtime"] == "python3.13"
    assert declared["Architectures"] == ["arm64"]
    assert declared["Tracing"] == "Active"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_logs_to_a_group_of_its_own_that_forgets(function: str) -> None:
    mine = mapping(functions()[function]["LoggingConfig"])["LogGroup"]

    [group] = references(mine)
    users = [f for f, d in functions().items() if group in references(d["LoggingConfig"])]
    assert users == [function]
    assert "RetentionInDays" in properties(resources("AWS::Logs::LogGroup")[group])


def test_the_console_has_no_layer_and_no_permission() -> None:
    console = functions()[CONSOLE]

    assert "Layers" not in console
    assert "Policies" not in console
    assert environment_of(CONSOLE) >= {"CONSOLE_CONFIG", "ARCHIVE_ORIGIN", "SIGN_IN_ORIGINS"}


def test_only_what_makes_pdfs_carries_the_layer_that_does() -> None:
    carriers = {
        name for name, declared in functions().items() if "RenderLayer" in references(declared)
    }

    assert carriers == {"DocumentsFunction", "SendsFunction", "RunCampaignFunction"}


def test_what_reads_hostile_files_may_read_uploads_and_nothing_else() -> None:
    [statement] = statements("InspectFunction")
    carriers = {
        name for name, declared in functions().items() if "InspectLayer" in references(declared)
    }

    assert statement["Action"] == "s3:GetObject"
    assert statement["Resource"] == {"Fn::Sub": "${Archive.Arn}/tmp/*"}
    assert environment_of("InspectFunction") & set(SPEAKS_OF_ITSELF) == {"ARCHIVE_BUCKET"}
    assert "Events" not in functions()["InspectFunction"]
    assert carriers == {"InspectFunction"}


def test_documents_calls_the_function_that_reads_files_and_no_other() -> None:
    [statement] = (s for s in statements("DocumentsFunction") if "lambda:" in str(s["Action"]))

    assert statement["Action"] == "lambda:InvokeFunction"
    assert statement["Resource"] == {"Fn::GetAtt": ["InspectFunction", "Arn"]}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_policy_has_a_wildcard_but_for_objects_schedules_and_addresses_of_the_domain(
    function: str,
) -> None:
    for statement in statements(function):
        assert statement["Effect"] == "Allow"
        assert not {"NotAction", "NotResource"} & set(statement)
        for action in as_list(statement["Action"]):
            assert "*" not in text(action)
        for resource in as_list(statement["Resource"]):
            written = str(resource).replace(OWN_ADDRESSES, "", 1)
            is_objects = re.fullmatch(r"\{'Fn::Sub': '\$\{Archive\.Arn\}/(tmp/)?\*'\}", written)
            is_ours = written.endswith(":schedule/${ScheduleGroup}/*'}")
            assert is_objects or is_ours or "*" not in written


@pytest.mark.parametrize("service", sorted(MAY_USE))
def test_a_service_is_open_to_the_functions_that_need_it_and_no_other(service: str) -> None:
    users = {function for function in FUNCTIONS if service in services_of(function)}

    assert users == MAY_USE[service]


def test_policies_name_no_service_beyond_those() -> None:
    named = {service for function in FUNCTIONS for service in services_of(function)}

    assert named == set(MAY_USE)


def test_mail_goes_out_in_the_name_of_the_domain_its_addresses_and_the_identities_named() -> None:
    [allowed] = (s for s in statements("DeliverFunction") if "ses:" in str(s["Action"]))

    own = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:"
    none = {"Ref": "AWS::NoValue"}
    resources_allowed = [
        {"Fn::Sub": own + "configuration-set/${ConfigurationSet}"},
        {"Fn::If": ["OwnIdentity", {"Fn::Sub": own + "identity/${SenderDomain}"}, none]},
        {"Fn::If": ["OwnIdentity", {"Fn::Sub": own + "identity/*@${SenderDomain}"}, none]},
        {"Fn::If": ["ExistingIdentities", {"Ref": "ExistingIdentityArns"}, none]},
    ]
    assert allowed["Action"] == ["ses:SendEmail", "ses:SendRawEmail"]
    assert allowed["Resource"] == {"Fn::Split": [",", {"Fn::Join": [",", resources_allowed]}]}


CONFINED = "NotifyFunction"
"""Is allowed some items by their keys, instead of all but some."""


@pytest.mark.parametrize("function", sorted(MAY_USE["dynamodb"] - {CONFINED}))
def test_every_function_is_denied_what_only_operators_write(function: str) -> None:
    assert "ItemsOfOperators" in managed_policies(function)


def test_what_delivers_to_webhooks_reaches_its_items_by_their_keys_and_no_others() -> None:
    on_items = [s for s in statements(CONFINED) if "dynamodb:" in str(s["Action"])]

    allowed = {
        text(action): sequence(
            mapping(mapping(s["Condition"])["ForAllValues:StringLike"])["dynamodb:LeadingKeys"]
        )
        for s in on_items
        for action in as_list(s["Action"])
        if action == "dynamodb:UpdateItem"
    }
    assert allowed == {"dynamodb:UpdateItem": ["ORG#*#HOOKS", "ORG#*#HOOK#*"]}
    assert all("ForAllValues:StringLike" in mapping(s["Condition"]) for s in on_items)
    assert {text(a) for s in on_items for a in as_list(s["Action"])} == {
        "dynamodb:GetItem",
        "dynamodb:UpdateItem",
    }


@pytest.mark.parametrize("function", sorted(MAY_USE["dynamodb"] - {CONFINED}))
def test_secrets_of_webhooks_are_for_what_makes_them_and_what_signs(function: str) -> None:
    assert ("SecretsOfWebhooks" in managed_policies(function)) is (function != "WebhooksFunction")


def test_only_administrators_and_what_disables_webhooks_may_write_them() -> None:
    others = {f for f in MAY_USE["dynamodb"] if "ItemsOfWebhooks" not in managed_policies(f)}

    assert others == {"WebhooksFunction", "NotifyFunction", "ReconcileFunction"}


def test_only_functions_that_make_or_follow_sends_may_write_them() -> None:
    writers = MAY_USE["dynamodb"] - {CONFINED}
    others = {function for function in writers if "ItemsOfSends" not in managed_policies(function)}

    assert others == {
        "SendsFunction",
        "RunCampaignFunction",
        "DeliverFunction",
        "TrackFunction",
        "ReconcileFunction",
    }


def test_managed_policies_only_deny() -> None:
    for policy in resources("AWS::IAM::ManagedPolicy").values():
        for statement in sequence(mapping(properties(policy)["PolicyDocument"])["Statement"]):
            assert mapping(statement)["Effect"] == "Deny"


def test_nobody_may_delete_what_was_sent() -> None:
    actions = {
        text(action) for f in FUNCTIONS for s in statements(f) for action in as_list(s["Action"])
    }

    assert not [action for action in actions if action.startswith("s3:Delete")]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_environment_names_only_what_the_function_may_use(function: str) -> None:
    told = {SPEAKS_OF_ITSELF[name] for name in environment_of(function) & set(SPEAKS_OF_ITSELF)}

    assert told == services_of(function)


@pytest.mark.parametrize("function", BEHIND)
def test_environment_holds_exactly_what_the_settings_read(function: str) -> None:
    name = function.removesuffix("Function")
    model: type[settings.Variables] = getattr(settings, f"{name}Settings")

    of_powertools = {n for n in environment_of(function) if n.startswith("POWERTOOLS_")}

    assert {field.upper() for field in model.model_fields} == environment_of(
        function
    ) - of_powertools


@pytest.mark.parametrize("function", BEHIND)
def test_metrics_and_logs_carry_the_name_of_the_function(function: str) -> None:
    folder = text(functions()[function]["CodeUri"])
    variables = mapping(mapping(functions()[function]["Environment"])["Variables"])

    assert folder == f"functions/{variables['POWERTOOLS_SERVICE_NAME']}"


def test_every_queue_gives_its_worker_six_times_its_time() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"""
    for function, event in events("SQS"):
        [queue] = references(event["Queue"])
        visibility = properties(resources()[queue])["VisibilityTimeout"]

        assert int(str(visibility)) >= 6 * int(str(functions()[function]["Timeout"]))


def test_a_worker_that_mails_has_time_to_compose_and_is_gone_when_it_is_taken_for_dead() -> None:
    timeout = timedelta(seconds=int(str(functions()["DeliverFunction"]["Timeout"])))

    assert MIN_TIME_TO_SEND < MIN_TIME_TO_COMPOSE < timeout < WORKER_LIFETIME


def test_every_worker_reports_which_messages_failed_and_is_capped() -> None:
    fed = list(events("SQS"))

    batches = {function: event["BatchSize"] for function, event in fed}
    # One campaign may take as long as a hundred mails: it must not make others wait, or wear out.
    # A receiver that hangs takes as long as a hundred that answer.
    assert batches == {
        "RunCampaignFunction": 1,
        "DeliverFunction": 10,
        "TrackFunction": 10,
        "NotifyFunction": 1,
    }
    waiting = [function for function, event in fed if "MaximumBatchingWindowInSeconds" in event]
    assert waiting == ["TrackFunction"]
    for _, event in fed:
        assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert "MaximumConcurrency" in mapping(event["ScalingConfig"])


@pytest.mark.parametrize("cap", ["DeliveryConcurrency", "CampaignConcurrency"])
def test_a_cap_on_workers_stays_within_what_lambda_takes(cap: str) -> None:
    parameter = mapping(mapping(template()["Parameters"])[cap])

    assert (parameter["MinValue"], parameter["MaxValue"]) == (2, 1000)


def test_reconcile_runs_every_five_minutes_and_does_not_repeat_itself() -> None:
    [(function, event)] = events("Schedule")

    assert function == "ReconcileFunction"
    assert event["Schedule"] == "rate(5 minutes)"
    assert functions()[function]["EventInvokeConfig"] == {"MaximumRetryAttempts": 0}


def test_http_functions_end_before_api_gateway_gives_up() -> None:
    for function in {function for function, _ in events("HttpApi")}:
        assert int(str(functions()[function]["Timeout"])) < 30


def test_every_route_belongs_to_one_function() -> None:
    routes = [(text(event["Method"]), text(event["Path"])) for _, event in events("HttpApi")]

    assert len(routes) == len(set(routes))
    assert all(as_list(event["ApiId"]) == [{"Ref": "Api"}] for _, event in events("HttpApi"))


def test_every_layer_is_built_for_the_machine_of_the_functions() -> None:
    layers = resources("AWS::Serverless::LayerVersion")

    for layer in layers.values():
        assert mapping(layer["Metadata"])["BuildArchitecture"] == "arm64"
        assert sequence(properties(layer)["CompatibleArchitectures"]) == ["arm64"]
    assert set(layers) == {"CoreLayer", "DependenciesLayer", "InspectLayer", "RenderLayer"}
