"""Public holidays by region and year, computed once and kept, because the library is slow to import."""

import json
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock

from sla.errors import InvalidHours, nearest

Table = dict[str, str]
"""Holiday names by ISO date, in English."""

_BLOCK = 10
"""Years computed at once: what is near is asked for next."""
_KEPT_YEARS = range(1900, 2101)
"""Years worth a place in the file; a stray far year is computed again."""


class _Store:
    """What one process keeps; the file is read at the first question."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.tables: dict[tuple[str, str], dict[int, Table]] = {}
        self.folder: Path | None = None
        self.loaded = False


_store = _Store()


def use_cache(folder: Path | None) -> None:
    """Keep computed tables in a file of this folder; None keeps them in memory only, and forgets what was kept."""
    with _store.lock:
        _store.tables.clear()
        _store.folder, _store.loaded = folder, False


def table(country: str, subdivision: str, year: int) -> Table:
    """The public holidays of a region in a year. Raises InvalidHours for an unknown region."""
    found = _store.tables.get((country, subdivision), {}).get(year)
    if found is not None:
        return found
    with _store.lock:
        _load()
        years = _store.tables.setdefault((country, subdivision), {})
        if year not in years:
            first = year - year % _BLOCK
            years.update(_compute(country, subdivision, range(max(first, 1), first + _BLOCK)))
            if year in _KEPT_YEARS:
                _save()
        return years[year]


def check_region(country: str, subdivision: str) -> None:
    """Accept a known country and subdivision; raises InvalidHours that names the nearest known one."""
    if _store.tables.get((country, subdivision)):
        return
    with _store.lock:
        _load()
        if not _store.tables.get((country, subdivision)):
            _refuse_unknown(country, subdivision)


def _compute(country: str, subdivision: str, years: range) -> dict[int, Table]:
    _refuse_unknown(country, subdivision)
    import holidays

    found = holidays.country_holidays(country, subdivision or None, years=years, expand=False, language="en_US")
    tables: dict[int, Table] = {year: {} for year in years}
    for day, name in sorted(found.items()):
        if day.year in tables:
            tables[day.year][day.isoformat()] = name
    return tables


def _refuse_unknown(country: str, subdivision: str) -> None:
    import holidays

    known = holidays.list_supported_countries()
    if country not in known:
        raise InvalidHours(f"Unknown country {country!r}{nearest(country, known)}")
    if subdivision and subdivision not in known[country]:
        raise InvalidHours(f"Unknown subdivision {subdivision!r} of {country}{nearest(subdivision, known[country])}")


def _file() -> Path | None:
    return _store.folder / f"holidays-{_library_version()}.json" if _store.folder else None


def _library_version() -> str:
    """The version in the name of the metadata folder beside the package: reading the metadata itself takes 20 ms."""
    from importlib.util import find_spec

    spec = find_spec("holidays")
    for place in (spec.submodule_search_locations if spec else None) or ():
        for folder in Path(place).parent.glob("holidays-*.dist-info"):
            return folder.name.removeprefix("holidays-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version("holidays")


def _load() -> None:
    if _store.loaded:
        return
    _store.loaded = True
    for (region, year), days in _read(_file()).items():
        country, _, subdivision = region.partition("-")
        _store.tables.setdefault((country, subdivision), {}).setdefault(year, days)


def _read(file: Path | None) -> dict[tuple[str, int], Table]:
    """What the file holds; nothing where it is missing or damaged, since all of it can be computed again."""
    if file is None:
        return {}
    try:
        content = json.loads(file.read_bytes())
        return {
            (region, int(year)): {str(day): str(name) for day, name in days.items()}
            for region, years in content.items()
            for year, days in years.items()
        }
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _save() -> None:
    """Write the tables in one step; a folder that cannot be written costs the next start the computation, no more."""
    file = _file()
    if file is None:
        return
    kept: dict[str, dict[str, Table]] = {}
    for (region, year), days in _read(file).items():
        kept.setdefault(region, {})[str(year)] = days
    for (country, subdivision), years in _store.tables.items():
        region = f"{country}-{subdivision}" if subdivision else country
        kept.setdefault(region, {}).update({str(year): years[year] for year in years if year in _KEPT_YEARS})
    part = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_text(json.dumps(kept), encoding="utf-8")
        part.replace(file)
    except OSError:
        with suppress(OSError):
            part.unlink()
