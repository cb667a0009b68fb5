"""Acknowledged writes and messages are still there after a restart."""

from pathlib import Path

from local.template.names import queue_url
from tests.local.aws.test_ses import events, post
from tests.local.conftest import TABLE, Running


def test_everything_is_there_after_a_restart(data: Path) -> None:
    first = Running(data)
    headers = first.sign_in()
    message_id = post(first)
    table = first.session.client("dynamodb")
    item = {"pk": {"S": "a"}, "sk": {"S": "b"}, "n": {"N": "1"}, "bytes": {"B": b"\x00\xff"}}
    table.put_item(TableName=TABLE, Item=item)
    for amount in ("1", "2"):
        table.update_item(
            TableName=TABLE,
            Key={"pk": {"S": "a"}, "sk": {"S": "c"}},
            UpdateExpression="SET amount = :amount",
            ExpressionAttributeValues={":amount": {"N": amount}},
        )
    first.session.client("s3").put_object(Bucket="facteur-local-bucket", Key="k/é", Body=b"x")
    moved = first.advance("P1M")
    first.stop()

    second = Running(data)

    try:
        kept = second.session.client("dynamodb").get_item(
            TableName=TABLE, Key={"pk": {"S": "a"}, "sk": {"S": "b"}}
        )["Item"]
        updated = second.session.client("dynamodb").get_item(
            TableName=TABLE, Key={"pk": {"S": "a"}, "sk": {"S": "c"}}
        )["Item"]
        stored = second.session.client("s3").get_object(Bucket="facteur-local-bucket", Key="k/é")
        assert kept == item
        assert updated["amount"] == {"N": "2"}
        assert stored["Body"].read() == b"x"
        assert second.http.get("/local/clock").json()["now"] >= moved
        assert second.http.get("/local/mailbox").json()[0]["id"] == message_id
        assert second.http.get("/echo/x", headers=headers).status_code == 200
    finally:
        second.stop()


def test_deleted_items_stay_deleted_and_failed_transactions_leave_nothing(data: Path) -> None:
    first = Running(data)
    table = first.session.client("dynamodb")
    for name in ("kept", "deleted"):
        table.put_item(TableName=TABLE, Item={"pk": {"S": "p"}, "sk": {"S": name}})
    table.delete_item(TableName=TABLE, Key={"pk": {"S": "p"}, "sk": {"S": "deleted"}})
    put = {"TableName": TABLE, "ConditionExpression": "attribute_not_exists(pk)"}
    cancelled = False
    try:
        table.transact_write_items(
            TransactItems=[
                {"Put": {**put, "Item": {"pk": {"S": "p"}, "sk": {"S": "new"}}}},
                {"Put": {**put, "Item": {"pk": {"S": "p"}, "sk": {"S": "kept"}}}},
            ]
        )
    except table.exceptions.TransactionCanceledException:
        cancelled = True
    before = [row["sk"] for row in first.rows("p")]
    first.stop()

    second = Running(data)
    after = [row["sk"] for row in second.rows("p")]
    second.stop()

    assert cancelled
    assert before == after == ["kept"]


def test_messages_and_events_still_to_come_come_after_a_restart(data: Path) -> None:
    first = Running(data)
    first.sign_in()
    first.advance("PT1S")
    first.session.client("sqs").send_message(
        QueueUrl=queue_url("Work"), MessageBody="later", DelaySeconds=900
    )
    post(first)
    first.stop()

    second = Running(data)
    second.advance("PT20M")
    published = events(second)
    received = second.rows("WORK#later")
    second.stop()

    assert published[-2:] == ["Send", "Delivery"]
    assert [row["sk"] for row in received] == ["1"]
