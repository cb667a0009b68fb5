"""Every code has a sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

from facteur.domain.inspection import RefusalReason
from facteur.http import validation
from facteur.http.sentences import sentence
from facteur.locales import Locale
from facteur.locales.codes import Problems

CODES = set(Problems._fields)
CORE = Path(__file__).parents[3] / "layers" / "core" / "facteur"
ANSWERED = {
    "StoreThrottledError": 0,
    "PreviewWarning": 0,
    "ConflictError": 0,
    "DocumentWarning": 0,
    "ForbiddenError": 0,
    "NotFoundError": 0,
    "Problem": 1,
    "TooLargeError": 0,
    "UnauthenticatedError": 0,
    "UnavailableError": 0,
    "matching": 1,
}
"""Classes and functions that make errors for clients, and which of their arguments is the code."""
ON_THE_WAY = {
    "validation_failed": "of InputError itself",
    "not_found": "of NotFoundError itself",
    "internal_error": "of what is no error of ours",
    "unauthorized": "of the local mode, in place of API Gateway",
    "already_retried": "of AlreadyRetriedError itself",
    "document_not_published_invoice": "of document_not_published, by type",
    "document_not_published_purchase_order": "of document_not_published, by type",
    "number_taken": "of NumberTakenError itself",
    "group_name_taken": "of GroupNameTakenError itself",
    "group_unavailable": "of the failure, before a campaign is resumed or run",
    "too_many_recipients": "of the failure, before a campaign is resumed or run",
    "already_sent_invoice": "of already_sent, by type",
    "already_sent_staff_list": "of already_sent, by type",
    "address_complained": "of the state of an address",
    "organization_suspended": "of SuspendedError itself",
    "daily_limit_reached": "of DailyLimitError itself",
}
AMONG_WORKERS = {"send_contended"}
"""What only workers raise, and only workers catch."""


def _text(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant)
    assert isinstance(node.value, str)
    return node.value


def codes_raised() -> Iterator[str]:
    for path in CORE.rglob("*.py"):
        if path.parent.name == "ses_events":
            continue  # what ``track`` refuses, nobody reads but the log
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id == "retry_when_outrun":
                yield from (_text(word.value) for word in node.keywords if word.arg == "code")
            place = ANSWERED.get(node.func.id)
            if place is None or len(node.args) <= place:
                continue
            code = node.args[place]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value
    yield from validation.CODES
    yield from (reason.value for reason in RefusalReason)


def test_every_code_that_is_raised_has_its_sentences() -> None:
    raised = set(codes_raised())

    assert len(raised) > 40
    assert raised <= CODES | AMONG_WORKERS


def test_no_sentence_is_left_without_its_code() -> None:
    assert CODES - set(codes_raised()) - ON_THE_WAY.keys() == set()


def test_parameters_are_put_in_and_braces_are_kept() -> None:
    text = sentence("unknown_variable", {"name": "x", "known": "{date}"}, Locale("en"))

    assert text == "There is no variable “{x}”. Possible variables: {date}."


def test_missing_parameter_does_not_break_a_sentence() -> None:
    assert sentence("already_retried", {}, Locale("en")).endswith("(send …).")


def test_code_without_a_sentence_gets_a_general_one() -> None:
    assert sentence("never_seen", {}, Locale("en")) == "This value is not allowed."


def test_sentence_may_depend_on_the_type_of_a_document() -> None:
    def said(kind: str) -> str:
        return sentence("document_not_published", {"name": "N", "type": kind}, Locale("en"))

    assert said("staff_list") == "“N” is not published. Publish this list, then try again."
    assert said("invoice") == "“N” is a draft. Set this invoice to sent, then try again."
    assert said("purchase_order") == "“N” is a draft. Set this order to sent, then try again."
