"""The JSON and TOML form of an order's overrides, read strictly."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from contracts.agreement import Allowance, NamedContact, Order
from contracts.errors import InvalidOrder, nearest
from contracts.words import ENTITLEMENTS, FEATURES, PERIODS, POLICIES, SEVERITIES
from sla.clock import Objective
from sla.errors import InvalidHours
from sla.hours import SupportHours

Value = TypeVar("Value")
ALL = "all"
"""In `support_hours` and `objectives`: every severity that is not named beside it."""
PLAIN_OBJECTIVES = ("none", "best_effort", "bespoke")


def parse(mapping: Mapping[str, Any]) -> Order:
    """Read an order; raises InvalidOrder that names the key and the nearest valid one."""
    readers: dict[str, Callable[[str, Any], Any]] = {
        "reference": _text,
        "support_hours": lambda key, value: _by_severity(key, value, _hours),
        "objectives": lambda key, value: _by_severity(key, value, _objective),
        "channels": _texts,
        "languages": _texts,
        "tam": _allowance,
        "zone": _zone,
        "holiday_region": _region,
        "policies": _policies,
        "entitlements": _entitlements,
        "contacts": _contacts,
    }
    _keys("the order", mapping, readers)
    return Order(**{key: readers[key](key, value) for key, value in mapping.items()})


def to_mapping(order: Order) -> dict[str, Any]:
    """The form of an order; what it leaves alone is left out."""
    form: dict[str, Any] = {}
    for key in ("reference", "zone", "holiday_region"):
        if getattr(order, key):
            form[key] = getattr(order, key)
    for key in ("channels", "languages"):
        if getattr(order, key) is not None:
            form[key] = list(getattr(order, key))
    if order.support_hours:
        form["support_hours"] = {
            str(number): hours if isinstance(hours, str) else hours.to_mapping()
            for number, hours in order.support_hours
        }
    if order.objectives:
        form["objectives"] = {
            str(number): objective.minutes or objective.kind for number, objective in order.objectives
        }
    if order.tam:
        form["tam"] = {"minutes": order.tam.minutes, "per": order.tam.per}
    for key in ("policies", "entitlements"):
        if getattr(order, key):
            form[key] = dict(getattr(order, key))
    if order.contacts:
        form["contacts"] = [_contact_form(contact) for contact in order.contacts]
    return form


def _contact_form(contact: NamedContact) -> dict[str, str]:
    """The form of a contact without its empty fields."""
    return {key: getattr(contact, key) for key in ("name", "email", "phone", "role") if getattr(contact, key)}


def _keys(where: str, value: Any, known: Iterable[str]) -> None:
    """Refuse what is not a table, and a key that is not known."""
    if not isinstance(value, Mapping):
        raise InvalidOrder(f"{where}: a table is expected, not {value!r}")
    for key in value:
        if key not in known:
            raise InvalidOrder(f"{where}: unknown key {key!r}; {nearest(str(key), known)}")


def _text(key: str, value: Any) -> str:
    """Read a text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidOrder(f"{key}: a text is expected, not {value!r}")
    return value


def _minutes(key: str, value: Any) -> int:
    """Read whole minutes, at least one."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise InvalidOrder(f"{key}: whole minutes of at least 1 are expected, not {value!r}")
    return value


def _one_of(key: str, value: Any, known: Iterable[str]) -> str:
    """Read one of the known words."""
    if not isinstance(value, str) or value not in known:
        raise InvalidOrder(f"{key}: {value!r} is not known; {nearest(str(value), known)}")
    return value


def _texts(key: str, value: Any) -> tuple[str, ...]:
    """Read a list of different texts."""
    if not isinstance(value, list | tuple):
        raise InvalidOrder(f"{key}: a list of texts is expected, not {value!r}")
    texts = tuple(_text(f"{key}[{index}]", item) for index, item in enumerate(value))
    if len(set(texts)) < len(texts):
        raise InvalidOrder(f"{key}: the same entry is there twice")
    return texts


def _by_severity(key: str, value: Any, read: Callable[[str, Any], Value]) -> tuple[tuple[int, Value], ...]:
    """Read a table by severity ("1" to "4", or "all" for the rest)."""
    _keys(key, value, [*map(str, SEVERITIES), ALL])
    rest = dict.fromkeys(SEVERITIES, value[ALL]) if ALL in value else {}
    named = {number: value[str(number)] for number in SEVERITIES if str(number) in value}
    merged = sorted((rest | named).items())
    return tuple((number, read(f"{key}.{number}", item)) for number, item in merged)


def _hours(key: str, value: Any) -> str | SupportHours:
    """Read a name of the catalogue's hours, or hours of the order's own."""
    if isinstance(value, str):
        return _text(key, value)
    try:
        return SupportHours.parse(value)
    except InvalidHours as error:
        raise InvalidOrder(f"{key}: {error}") from error


def _objective(key: str, value: Any) -> Objective:
    """Read minutes in support hours, or a word for an objective that runs no clock."""
    if isinstance(value, str):
        return Objective(kind=_one_of(key, value, PLAIN_OBJECTIVES))
    return Objective(kind="duration", minutes=_minutes(key, value))


def _allowance(key: str, value: Any) -> Allowance:
    """Read agreed time: both minutes and their period."""
    _keys(key, value, ("minutes", "per"))
    return Allowance(_minutes(f"{key}.minutes", value.get("minutes")), _one_of(f"{key}.per", value.get("per"), PERIODS))


def _probe(key: str, zone: str, holidays: str | list[str]) -> None:
    """Refuse a zone or a region that support hours would refuse."""
    try:
        SupportHours.parse({"name": "", "zone": zone, "week": {"mon": [["00:00", "24:00"]]}, "holidays": holidays})
    except InvalidHours as error:
        raise InvalidOrder(f"{key}: {error}") from error


def _zone(key: str, value: Any) -> str:
    """Read a time zone by its IANA name."""
    _probe(key, _text(key, value), [])
    return str(value)


def _region(key: str, value: Any) -> str:
    """Read a country, or a country and subdivision, whose public holidays are closed."""
    _probe(key, "UTC", _text(key, value))
    return str(value)


def _policies(key: str, value: Any) -> tuple[tuple[str, str | int], ...]:
    """Read policies by name; `credit_cap_days` is the most days that a clock can cost."""
    _keys(key, value, POLICIES)
    found: list[tuple[str, str | int]] = []
    for name, chosen in sorted(value.items()):
        where = f"{key}.{name}"
        found.append((name, _one_of(where, chosen, POLICIES[name]) if POLICIES[name] else _days(where, chosen)))
    return tuple(found)


def _days(key: str, value: Any) -> int:
    """Read whole days; none at all waives the credit."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidOrder(f"{key}: whole days are expected, not {value!r}")
    return value


def _entitlements(key: str, value: Any) -> tuple[tuple[str, str], ...]:
    """Read entitlements that the order grants or takes away."""
    _keys(key, value, FEATURES)
    return tuple((name, _one_of(f"{key}.{name}", chosen, ENTITLEMENTS)) for name, chosen in sorted(value.items()))


def _contacts(key: str, value: Any) -> tuple[NamedContact, ...]:
    """Read the people that the order names."""
    if not isinstance(value, list | tuple):
        raise InvalidOrder(f"{key}: a list of contacts is expected, not {value!r}")
    found = []
    for index, item in enumerate(value):
        where = f"{key}[{index}]"
        _keys(where, item, ("name", "email", "phone", "role"))
        if "name" not in item:
            raise InvalidOrder(f"{where}: a contact needs a name")
        found.append(NamedContact(**{name: _text(f"{where}.{name}", text) for name, text in item.items()}))
    return tuple(found)
