"""The local mode refuses a template with parts that it does not know, and names them."""

from pathlib import Path

import pytest

from local.system import System
from local.template.data import TemplateError
from local.template.reader import read_stack
from tests.local.conftest import SMALL


def changed(tmp_path: Path, old: str, new: str) -> Path:
    template = SMALL.read_text()
    assert old in template
    path = tmp_path / "template.yaml"
    path.write_text(template.replace(old, new, 1))
    return path


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("Dead: {Type: AWS::SQS::Queue}", "Dead: {Type: AWS::MSK::Cluster}", "Dead"),
        ("Type: Schedule,", "Type: Kinesis,", "Tick of TickFunction"),
        ("rate(5 minutes)", "cron(0)", "cron"),
        ("!Ref Table", "!Ref Tabel", "Tabel"),
        ("!GetAtt Work.Arn", "!GetAtt Work.Colour", "Work"),
        ("VisibilityTimeout: 60", "FifoQueue: true", "FifoQueue"),
        ("BatchSize: 5", "TumblingWindowInSeconds: 5", "TumblingWindow"),
    ],
)
def test_what_is_not_known_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    path = changed(tmp_path, old, new)

    with pytest.raises((TemplateError, ValueError), match=named):
        read_stack(path)


def test_timer_that_is_not_enabled_does_not_run(tmp_path: Path) -> None:
    path = changed(tmp_path, "rate(5 minutes)", "rate(5 minutes), Enabled: false")

    assert [timer.name for timer in read_stack(SMALL).timers] == ["Tick"]
    assert read_stack(path).timers == []


def test_function_without_code_is_named(tmp_path: Path, data: Path) -> None:
    system = System(read_stack(changed(tmp_path, "functions/echo", "functions/gone")), data)

    try:
        with pytest.raises(TemplateError, match="EchoFunction"):
            system.start()
    finally:
        system.stop()


def test_own_template_is_understood() -> None:
    stack = read_stack()

    assert {route.path for route in stack.routes} >= {"/v1/sends", "/v1/documents", "/v1/settings"}
    assert stack.audience
