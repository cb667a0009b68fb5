"""Answers a first GET in a process of its own, so that a test sees what it has imported."""

import json
from importlib import import_module
from typing import Any

import pytest

from tests.fakes import FakeClock
from tests.functions.calling import CONTEXT, event
from tests.support.deployment import deployment


def answer(function: str, payload: str) -> None:
    """Call a function, with nothing stored, as its first invocation."""
    handler: Any = import_module(f"functions.{function}.handler").handler
    monkeypatch = pytest.MonkeyPatch()
    with deployment(monkeypatch, FakeClock()):
        monkeypatch.setenv("SCHEDULE_GROUP", "facteur")
        monkeypatch.setenv("SCHEDULER_ROLE_ARN", "arn:aws:iam::123456789012:role/scheduler")
        monkeypatch.setenv("DUE_QUEUE_URL", "https://sqs.eu-west-3.amazonaws.com/1/due")
        monkeypatch.setenv("DUE_QUEUE_ARN", "arn:aws:sqs:eu-west-3:123456789012:due")
        monkeypatch.setenv("DUE_DLQ_ARN", "arn:aws:sqs:eu-west-3:123456789012:due-dlq")
        answered = handler(event(payload), CONTEXT)
    assert answered["statusCode"] == 200, json.dumps(answered)
