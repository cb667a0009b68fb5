"""The sentence of a code: what is wrong and, where it helps, what to do."""

from collections.abc import Mapping

from facteur.domain.errors import Parameter
from facteur.locales import Locale, language_of


def sentence(code: str, params: Mapping[str, Parameter], locale: Locale) -> str:
    """What ``code`` means, in the reader's language; a general sentence for a code without one.

    A code with a sentence of its own for a type of document gets the type as param ``type``.
    """
    problems = language_of(locale).problems
    general: str = getattr(problems, code, problems.value_invalid)
    text: str = getattr(problems, f"{code}_{params.get('type', '')}", general)
    return text.format_map(_Given(params))


class _Given(dict[str, Parameter]):
    """Parameters of a sentence; a missing one is shown as an ellipsis."""

    def __missing__(self, _name: str) -> str:
        return "…"
