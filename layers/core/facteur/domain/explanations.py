"""Cause and remedy of the failure codes of messages, in the reader's language."""

from typing import TYPE_CHECKING

from facteur.locales import Locale, language_of

if TYPE_CHECKING:
    from facteur.locales.codes import Explanation


def explain(code: str, locale: Locale) -> "Explanation":
    """Cause and remedy of a failure code; general words for an unknown code."""
    failures = language_of(locale).failures
    explanation: Explanation = getattr(failures, code, failures.unknown)
    return explanation
