"""A language as somebody would add it, in one file: English with "eo" before everything said."""

from typing import Any

from facteur.locales.en import LANGUAGE as ENGLISH
from facteur.locales.shape import Language


def _said(part: Any) -> Any:
    match part:
        case None:
            return None
        case str():
            return f"eo {part}"
        case tuple():
            said = [_said(inner) for inner in part]
            return type(part)(*said) if hasattr(part, "_fields") else tuple(said)
        case dict():
            return {key: _said(inner) for key, inner in part.items()}
        case _:
            return lambda count: f"eo {part(count)}"


_TRANSLATED: Language = _said(ENGLISH)
LANGUAGE = _TRANSLATED._replace(
    # A language whose dates and amounts are unlike those of the others.
    tag="de-DE",
    decimal_sign="·",
    export=_TRANSLATED.export._replace(delimiter="|"),
)
