"""What the payloads of events/ for HTTP routes are answered: examples of the API's description.

``python -m tests.functions.answers`` writes them into events/answers/ (``make openapi`` calls it).
"""

import json
from typing import Any

from tests.functions.calling import EVENTS, Answer, Api
from tests.functions.payloads import NAMES, fill, payload

ANSWERS = EVENTS / "answers"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLjSw"
"""The secret of the specification's own example: ours differ each time."""


def answered(name: str) -> Answer:
    """The answer to a payload, in a system in which what it names exists."""
    api = Api()
    fill(api)
    return api.handle(payload(name, api))


def example(answer: Answer) -> Any:
    """What there is to show of an answer; None when it is no JSON, or the description itself."""
    is_json = answer.headers.get("content-type") == "application/json" and answer.text
    shown = answer.json if is_json else None
    if not isinstance(shown, dict) or "openapi" in shown:
        return None
    return shown | ({"secret": SECRET} if "secret" in shown else {})


def text_of(shown: Any) -> str:
    """An example as it is checked in."""
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"


def write() -> None:
    """Write every example, and delete those of payloads that are gone."""
    ANSWERS.mkdir(exist_ok=True)
    for path in ANSWERS.glob("*.json"):
        path.unlink()
    for name in NAMES:
        if (shown := example(answered(name))) is not None:
            (ANSWERS / f"{name}.json").write_text(text_of(shown), "utf-8")


if __name__ == "__main__":
    write()
