"""Every sentence that people read, in one file per language.

A language is a module of this package, named by its two letters (ISO 639-1), that defines
``LANGUAGE``. There is nothing else to do to add one.
"""

from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from facteur.locales.shape import Language

_DEFAULT: Final = "fr"
_CODES: Final = sorted(
    (file.stem for file in Path(__file__).parent.glob("??.py")),
    key=lambda code: (code != _DEFAULT, code),
)


class Locale(StrEnum):
    """Languages documents, mails and messages come in."""

    # Members made in a loop, as in the documentation of ``_ignore_``:
    # https://docs.python.org/3/library/enum.html#supported-sunder-names
    vars().update({code.upper(): code for code in _CODES})


DEFAULT_LOCALE: Final = Locale(_DEFAULT)
"""The language when none is chosen, or one that does not exist."""


@cache
def language_of(locale: Locale) -> "Language":
    """The sentences of a language; its module is imported at the first call."""
    language: Language = import_module(f"{__name__}.{locale}").LANGUAGE
    return language
