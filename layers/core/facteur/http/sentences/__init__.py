"""The sentence of every code, in each language: what is wrong and, where it helps, what to do."""

from collections.abc import Mapping
from typing import Final

from facteur.domain.errors import Parameter
from facteur.domain.settings import Locale
from facteur.http.sentences import content, life, requests

_FALLBACK: Final = "value_invalid"

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    **requests.SENTENCES,
    **content.SENTENCES,
    **life.SENTENCES,
}
"""Code → French, English. Names between braces are the parameters of the error."""


def sentence(code: str, params: Mapping[str, Parameter], locale: Locale) -> str:
    """What ``code`` means, in the reader's language."""
    french, english = SENTENCES.get(code, SENTENCES[_FALLBACK])
    return (english if locale is Locale.EN else french).format_map(_Given(params))


class _Given(dict[str, Parameter]):
    """Parameters; one that was not given shows as an ellipsis."""

    def __missing__(self, _name: str) -> str:
        return "…"
