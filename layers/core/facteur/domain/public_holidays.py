"""Public holidays of countries and their regions, by the package ``holidays``.

It is imported at the first rule that needs it, and of its 250 countries only the one that is asked
for: its package imports them all, which costs half as much again.
"""

import datetime as dt
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

from facteur.domain.errors import Problem

DEFAULT_COUNTRY: Final = "FR"
_YEARS_KEPT: Final = 128
"""Years of an area in one language that a process remembers."""


@dataclass(frozen=True, slots=True)
class HolidayArea:
    """Where people work: a country (ISO 3166-1) and, where its holidays differ, a region.

    Country "" has no public holidays: only Saturdays and Sundays are days off.
    """

    country: str = DEFAULT_COUNTRY
    region: str = ""


def is_public_holiday(area: HolidayArea, day: dt.date) -> bool:
    """Is a day a public holiday? False in an area that is not known any more."""
    return day in _holidays_of(area, "", day.year)


def holiday_name(area: HolidayArea, day: dt.date, locale: str) -> str | None:
    """The name of a public holiday, in the reader's language where it has one there."""
    return _holidays_of(area, locale, day.year).get(day)


def holidays_between(
    area: HolidayArea, first: dt.date, last: dt.date, locale: str
) -> Mapping[dt.date, str]:
    """The public holidays from ``first`` to ``last``, both included, with their names."""
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    named = ((day, holiday_name(area, day, locale)) for day in days)
    return {day: name for day, name in named if name is not None}


def check_area(area: HolidayArea) -> list[Problem]:
    """What is wrong with a country or region: one whose holidays are not known."""
    if not area.country:
        return [Problem("region", "region_unknown", {"regions": "-"})] if area.region else []
    country = _country_class(area.country)
    if country is None:
        return [Problem("country", "country_unknown")]
    regions = regions_of(area.country)
    if area.region and area.region not in regions:
        known = ", ".join(f"{code} ({name})" for code, name in regions.items())
        return [Problem("region", "region_unknown", {"regions": known or "-"})]
    return []


def regions_of(country: str) -> Mapping[str, str]:
    """The regions of a country that have holidays of their own, by code, each with its name."""
    found = _country_class(country) if country else None
    if found is None:
        return {}
    names: Mapping[str, list[str]] = found.get_subdivision_aliases()
    # Zones of school holidays are no regions.
    return {
        code: aliases[-1] if aliases else code
        for code, aliases in names.items()
        if not code.startswith("Zone ")
    }


@lru_cache(maxsize=_YEARS_KEPT)
def _holidays_of(area: HolidayArea, locale: str, year: int) -> Mapping[dt.date, str]:
    country = _country_class(area.country) if area.country else None
    if country is None or (area.region and area.region not in country.subdivisions):
        return {}
    spoken = [tag for tag in country.supported_languages if locale and tag.startswith(locale)]
    with warnings.catch_warnings(category=UserWarning, action="ignore"):
        # Of some countries it knows some years only, and says so.
        found = country(
            years=year, subdiv=area.region or None, language=spoken[0] if spoken else None
        )
    return dict(found)


@cache
def _country_class(country: str) -> Any:
    """The class of ``holidays`` for a country; None when it knows none."""
    from holidays.registry import COUNTRIES

    for module, (name, code, *_) in COUNTRIES.items():
        if code == country:
            return getattr(_country_module(module), name)
    return None


def _country_module(name: str) -> Any:
    """A module of ``holidays.countries`` without its package, which imports every country."""
    import holidays

    full_name = f"holidays.countries.{name}"
    if full_name in sys.modules:
        return sys.modules[full_name]
    path = Path(holidays.__file__).with_name("countries") / f"{name}.py"
    spec = spec_from_file_location(full_name, path)
    if spec is None or spec.loader is None:
        raise ImportError(full_name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
