"""One word for each thing: the retired words stand nowhere in the code or the documents."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.rules.documents import relative, text_files

PLACES = ("layers", "functions", "local", "scripts", "docs", "README.md")

_CLASS = r"(?=[\[\](:.,=]|\s*\|)"
"""Follows a class in code, and not a word of English at the beginning of a sentence."""

RETIRED = {
    "Mark": (
        r"(?<![A-Za-z])Mark(?=[A-Z]|\b)|(?<![a-z])mark(?:s|ed)(?![a-z])|\bmark_\w+|\w_mark\b",
        "MessageEvent; for documents drafts_to_publish, drafts_published",
    ),
    "Seen": (r"\bSeen\b", "EventDetail"),
    "receipt": (
        r"(?<![A-Za-z])[Rr]eceipts?(?![a-z])|[a-z]Receipts?(?![a-z])",
        "SesEvent, record_ses_event",
    ),
    "slot": (r"(?<![A-Za-z])[Ss]lots?(?![a-z])", "occurrence"),
    "planned run": (r"(?i)\bplanned runs?\b", "occurrence"),
    "coming send": (r"(?i)\bcoming sends?\b", "occurrence"),
    "rings": (r"(?i)\brings\b|\brang\b|\brung\b", "triggers; an alarm goes off"),
    "alarm clock": (r"(?i)\balarm clock", "schedule, trigger"),
    "asked": (r"\bdomain[./]asked\b|\basked(?=: [A-Z]|=|\.[a-z])", "request"),
    "Verdict": (r"\bVerdict\b", "DeliveryResult, RunResult, ReconcileResult"),
    "Look": (r"\bLook" + _CLASS, "ReconcileResult"),
    "upkeep": (r"(?i)upkeep", "schedule_sync, ScheduleSyncState"),
    "KeepSchedule": (r"\bKeepSchedule\b", "SyncSchedule"),
    "FollowCampaign": (r"\bFollowCampaign\b|\bfollow_campaign\b", "ApplyCampaignChange"),
    "guard": (
        r"(?<![A-Za-z])[Gg]uards?(?![a-z])|[a-z]Guards?(?![a-z])|\bGuardHolder\b",
        "IdempotencyRecord, IdempotencyKey, OccurrenceKey",
    ),
    "PassingError": (r"\bPassingError\b", "TransientError"),
    "BusyError": (r"\bBusyError\b", "StoreThrottledError"),
    "KnownSends": (r"\bKnownSends\b|\bknown_sends\b", "SendCache"),
    "ComposedSends": (r"\bComposedSends\b", "CompositionCache"),
    "SteerCampaigns": (r"(?i)\bsteer_?campaigns?\b", "ControlCampaign"),
    "Step": (r"\bStep" + _CLASS, "CampaignAction"),
    "weigh_campaigns": (r"(?i)\bweigh_?campaigns\b", "check_attachment_sizes"),
    "AnswerModel": (r"\bAnswerModel\b", "ResponseModel"),
    "_answers": (r"\b[a-z]+_answers\b", "_responses"),
    "Caution": (r"\bCautions?\b", "PreviewWarning"),
    "salvage": (r"(?i)salvage", "parse_partial"),
    "unanswered": (r"(?i)\bunanswered\b", "aws_errors"),
    "short_calls": (r"\bshort_calls\b", "aws_config"),
    "the seed": (r"(?i)\bthe seed\b", "say the thing"),
    "told of": (r"(?i)\btold\s+of\b", "say the thing"),
    "held": (r"(?<![A-Za-z])held(?![a-z])", "say the thing"),
    "as it shall be": (r"(?i)\bas it shall be\b", "say the thing"),
}
"""Word → what finds it, and what stands in its place."""


class Allowed(NamedTuple):
    """Text that may stay in some files, and why."""

    path: str
    text: str
    reason: str


ALLOWED = (
    Allowed(r".*\.py", r"slots=True|__slots__", "Python's word"),
    Allowed(r".*\.py", r"\breceipt[_ ]handle\b|\b[rR]eceiptHandle(?:IsInvalid)?\b", "SQS's word"),
    Allowed(
        r"local/.*(?:store|queues)\.py",
        r"\breceipt = \?|\breceipt TEXT\b|\bmessage_receipts\b|\(receipt\)",
        "a column of the local mode's files",
    ),
    Allowed(r"scripts/features\.py", r"\bmarks=pytest\b", "pytest's word"),
    Allowed(r"scripts/subset_fonts\.py", r"\bcombining marks\b", "Unicode's word"),
    Allowed(
        r".*\.py", r'"(?:held|marked|marks_sent)"', "attributes that are stored, parts of metrics"
    ),
    Allowed(r".*/fonts/LICENSE\.md", r"clearly marked as such", "words of a licence"),
    Allowed(r"docs/architecture\.md", r"receipts(?= -->|\[\[)|`receipts`", "the queue Receipts"),
    Allowed(r".*", r"\bReceipts(?:DeadLetters\w*|LateAlarm)\b", "names in template.yaml"),
    Allowed(r".*", r'["`]Receipts["`]|\*[Rr]eceipts\*|SQS receipts\b', "the queue Receipts"),
    Allowed(r"docs/runbook\.md", r"(?i)\bthe[ -]receipts[ -]are[ -]late\b", "a cited section"),
)

_GENERATED = re.compile(r".*openapi\.json|.*/requirements\.txt")


def _lines() -> Iterator[tuple[Path, int, str]]:
    for path in text_files(*PLACES):
        name = relative(path)
        if _GENERATED.fullmatch(name):
            continue
        allowed = [e.text for e in ALLOWED if re.fullmatch(e.path, name)]
        text = path.read_text("utf-8")
        for pattern in allowed:
            text = re.sub(pattern, "", text)
        yield path, 0, name
        yield from ((path, number, line) for number, line in enumerate(text.splitlines(), 1))


LINES = list(_lines())
"""File, line number (0: the file's own name) and text, without what is excepted."""


def hits(word: str) -> list[str]:
    pattern = re.compile(RETIRED[word][0])
    return [
        f"{relative(path)}:{number}: {line.strip()}"
        for path, number, line in LINES
        if pattern.search(line)
    ]


@pytest.mark.parametrize("word", RETIRED)
def test_retired_word_stands_nowhere(word: str) -> None:
    found = hits(word)

    assert not found, f"instead: {RETIRED[word][1]}\n" + "\n".join(found)


@pytest.mark.parametrize("exception", ALLOWED, ids=lambda exception: exception.reason)
def test_exception_is_still_needed(exception: Allowed) -> None:
    used = any(
        re.search(exception.text, path.read_text("utf-8"))
        for path in text_files(*PLACES)
        if re.fullmatch(exception.path, relative(path))
    )

    assert used
