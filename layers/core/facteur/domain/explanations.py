"""What the failure code of a message means and what to do about it, in the reader's language."""

from typing import TYPE_CHECKING

from facteur.locales import Locale, language_of

if TYPE_CHECKING:
    from facteur.locales.codes import Explanation


def explain(code: str, locale: Locale) -> "Explanation":
    """Cause and remedy of a failure code; a code met for the first time gets general words."""
    failures = language_of(locale).failures
    explanation: Explanation = getattr(failures, code, failures.unknown)
    return explanation
