"""Storage and queues are encrypted, retained and private."""

import pytest

from facteur.services.campaigns.make_occurrence import LAST_RECEPTION
from local.template.data import mapping, sequence, text
from tests.template.declared import events, properties, references, resources

STATEFUL = {
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::SQS::Queue",
    "AWS::Cognito::UserPool",
    "AWS::SES::EmailIdentity",
}
QUEUES = sorted(resources("AWS::SQS::Queue"))
DEAD_LETTERS = {
    "Due": "DueDeadLetters",
    "Hooks": "HooksDeadLetters",
    "Outbox": "OutboxDeadLetters",
    "Receipts": "ReceiptsDeadLetters",
}


def test_what_holds_state_outlives_the_stack() -> None:
    stateful = {n: r for n, r in resources().items() if r["Type"] in STATEFUL}

    lost = [
        name
        for name, resource in stateful.items()
        if not {"Retain", "RetainExceptOnCreate"} & {resource.get("DeletionPolicy")}
        or resource.get("UpdateReplacePolicy") != "Retain"
    ]

    assert {text(resource["Type"]) for resource in stateful.values()} == STATEFUL
    assert lost == []


def test_a_first_deployment_that_failed_leaves_nothing_in_the_way_of_the_next() -> None:
    """What has a name of its own would be met again; a protected resource cannot be deleted."""
    kept = {
        name: text(resource["Type"])
        for name, resource in resources().items()
        if resource.get("DeletionPolicy") == "Retain"
    }

    assert set(kept.values()) == {
        "AWS::Cognito::UserPool",
        "AWS::Cognito::UserPoolGroup",
        "AWS::DynamoDB::Table",
    }
    [table] = resources("AWS::DynamoDB::Table").values()
    [pool] = resources("AWS::Cognito::UserPool").values()
    assert "TableName" not in properties(table)
    assert "UserPoolName" not in properties(pool)


def test_the_identity_sends_for_others_after_the_stack_is_gone() -> None:
    """It outlives the configuration set; `deliver` names the set in every call."""
    [identity] = resources("AWS::SES::EmailIdentity").values()

    assert "ConfigurationSetAttributes" not in properties(identity)


def test_the_table_is_encrypted_recoverable_and_protected() -> None:
    [table] = resources("AWS::DynamoDB::Table").values()

    declared = properties(table)

    assert declared["SSESpecification"] == {"SSEEnabled": True}
    assert declared["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert declared["DeletionProtectionEnabled"] is True
    assert declared["BillingMode"] == "PAY_PER_REQUEST"
    assert declared["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_the_table_has_the_indexes_of_the_history_and_of_what_is_late() -> None:
    [table] = resources("AWS::DynamoDB::Table").values()

    indexes = {
        text(mapping(index)["IndexName"]): [
            mapping(key)["AttributeName"] for key in sequence(mapping(index)["KeySchema"])
        ]
        for index in sequence(properties(table)["GlobalSecondaryIndexes"])
    }

    assert indexes == {
        "by_filter": ["by_filter_pk", "sk"],
        "overdue": ["overdue_shard", "overdue_at"],
    }


def test_the_archive_is_encrypted_versioned_and_closed_to_the_public() -> None:
    [bucket] = resources("AWS::S3::Bucket").values()

    declared = properties(bucket)

    assert "AES256" in str(declared["BucketEncryption"])
    assert declared["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(mapping(declared["PublicAccessBlockConfiguration"]).values()) == {True}


def test_only_previews_and_uploads_leave_the_archive_by_themselves() -> None:
    [bucket] = resources("AWS::S3::Bucket").values()
    rules = sequence(mapping(properties(bucket)["LifecycleConfiguration"])["Rules"])

    expiring = [mapping(rule) for rule in rules if "ExpirationInDays" in mapping(rule)]

    assert [(rule["Prefix"], rule["ExpirationInDays"]) for rule in expiring] == [("tmp/", 1)]


@pytest.mark.feature("B17")
def test_the_console_reads_from_the_archive_and_posts_uploads_to_it_and_nobody_else() -> None:
    [bucket] = resources("AWS::S3::Bucket").values()

    [rule] = map(mapping, sequence(mapping(properties(bucket)["CorsConfiguration"])["CorsRules"]))

    assert rule["AllowedMethods"] == ["GET", "POST"]
    assert rule["AllowedOrigins"] == [{"Ref": "ConsoleUrl"}]


@pytest.mark.parametrize("queue", QUEUES)
def test_every_queue_is_encrypted_and_keeps_messages_for_two_weeks(queue: str) -> None:
    declared = properties(resources()[queue])

    assert declared["SqsManagedSseEnabled"] is True
    assert declared["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_every_queue_that_feeds_a_worker_has_a_dead_letter_queue_of_its_own() -> None:
    fed = {queue for _, event in events("SQS") for queue in references(event["Queue"])}

    ends = {
        queue: next(references(mapping(properties(resources()[queue])["RedrivePolicy"])))
        for queue in fed
    }

    assert ends == DEAD_LETTERS
    assert set(QUEUES) == fed | set(ends.values())


def test_throttling_does_not_wear_a_message_out() -> None:
    redrive = mapping(properties(resources()["Outbox"])["RedrivePolicy"])

    assert redrive["maxReceiveCount"] == 50


def test_the_last_reception_of_an_occurrence_is_known_to_its_worker() -> None:
    redrive = mapping(properties(resources()["Due"])["RedrivePolicy"])

    assert redrive["maxReceiveCount"] == LAST_RECEPTION


def test_nothing_is_reached_without_tls() -> None:
    policies = {
        name: properties(resource)
        for name, resource in resources().items()
        if resource["Type"]
        in {"AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"}
    }
    protected: set[str] = set()
    for policy in policies.values():
        for statement in sequence(mapping(policy["PolicyDocument"])["Statement"]):
            if mapping(statement).get("Sid") == "TlsOnly":
                assert mapping(statement)["Effect"] == "Deny"
                assert mapping(statement)["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
                protected |= set(references(mapping(statement)["Resource"]))

    assert protected == {*QUEUES, "Archive", "SesEvents", "AlarmTopic"}


def test_topics_are_encrypted_with_a_key_that_their_publishers_may_use() -> None:
    [key] = resources("AWS::KMS::Key").values()
    allowed = {
        str(mapping(mapping(statement)["Principal"]).get("Service")): mapping(statement)
        for statement in sequence(mapping(properties(key)["KeyPolicy"])["Statement"])
    }

    for topic in resources("AWS::SNS::Topic").values():
        assert properties(topic)["KmsMasterKeyId"] == {"Ref": "TopicsKey"}
    for service in ("ses.amazonaws.com", "cloudwatch.amazonaws.com"):
        assert allowed[service]["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
        assert "${AWS::StackName}" in str(allowed[service]["Condition"])
    assert "aws:SourceAccount" in str(allowed["cloudwatch.amazonaws.com"]["Condition"])
    assert properties(key)["EnableKeyRotation"] is True
