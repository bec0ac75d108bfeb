"""The user's configuration: TOML, read strictly; flag before environment before file before default."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from contracts.errors import nearest

THEMES = "a theme's name, such as tamdesk-dark or tamdesk-light"
SHAPE: dict[str, dict[str, tuple[type, str]]] = {
    "desk": {
        "database": (str, "a file, or postgresql://…"),
        "data_dir": (str, "a folder"),
        "person": (str, "a login"),
    },
    "screen": {
        "theme": (str, THEMES),
        "mouse": (bool, "true or false"),
        "editor": (str, "a command, such as vim or 'code --wait'"),
    },
    "timer": {"idle_minutes": (int, "whole minutes from 0 (never) to 1440")},
    "keys": {},
}
LONGEST_IDLE = 1440


class ConfigError(Exception):
    """The configuration file cannot be used; the message names file, key and what is valid."""


class Value(NamedTuple):
    """A setting and where it comes from."""

    value: Any
    source: str


class Config(NamedTuple):
    """All settings, each with its source."""

    file: Path
    database: Value
    person: Value
    theme: Value
    mouse: Value
    editor: Value
    idle_minutes: Value
    keys: dict[str, str]

    def catalogue_folder(self) -> Path:
        """Where a vendor's own catalogue files are looked for."""
        return self.file.parent / "catalogue"


def config_file(environment: Mapping[str, str]) -> Path:
    """Where the configuration is read from: TAMDESK_CONFIG, else the user's configuration folder."""
    if environment.get("TAMDESK_CONFIG"):
        return Path(environment["TAMDESK_CONFIG"])
    from platformdirs import user_config_path

    return user_config_path("tamdesk") / "config.toml"


def read_file(path: Path) -> dict[str, dict[str, Any]]:
    """Read the file strictly; raise ConfigError naming file, key and the nearest valid key."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    import tomllib

    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    for section, values in raw.items():
        if section not in SHAPE:
            raise ConfigError(f"{path}: unknown section {section!r}; {nearest(section, SHAPE)}")
        if not isinstance(values, dict):
            raise ConfigError(f"{path}: {section} is a section, written [{section}]")
        for key, value in values.items():
            _check(path, section, key, value)
    return raw


def _check(path: Path, section: str, key: str, value: Any) -> None:
    if section == "keys":
        if isinstance(value, dict):
            raise ConfigError(f'{path}: write the id of a command in quotes: "{key}.…" = "ctrl+e"')
        if not isinstance(value, str):
            raise ConfigError(f"{path}: keys.{key} is a key's name, such as 'ctrl+e', or several with commas")
        return
    known = SHAPE[section]
    if key not in known:
        raise ConfigError(f"{path}: unknown key {section}.{key}; {nearest(key, known)}")
    kind, words = known[key]
    if type(value) is not kind or (isinstance(value, int) and not 0 <= value <= LONGEST_IDLE):
        raise ConfigError(f"{path}: {section}.{key} is {words}, not {value!r}")
    if key == "editor" and isinstance(value, str):
        import shlex

        try:
            shlex.split(value)
        except ValueError as error:
            raise ConfigError(f"{path}: {section}.{key} is {words}, not {value!r}: {error}") from error


def resolve(flags: Mapping[str, str | None], environment: Mapping[str, str]) -> Config:
    """Resolve every setting: flag, environment, file, default. Raises ConfigError."""
    path = config_file(environment)
    if environment.get("TAMDESK_CONFIG") and not path.exists():
        raise ConfigError(f"TAMDESK_CONFIG names {path}, and there is no such file")
    raw = read_file(path)
    desk, screen = raw.get("desk", {}), raw.get("screen", {})

    def pick(flag: str, variable: str, held: Mapping[str, Any], key: str, default: Any) -> Value:
        if flags.get(flag):
            return Value(flags[flag], f"--{flag}")
        if variable and environment.get(variable):
            return Value(environment[variable], variable)
        if key in held:
            return Value(held[key], str(path))
        return Value(default() if callable(default) else default, "default")

    return Config(
        file=path,
        database=_database(flags, environment, desk, path),
        person=pick("as", "TAMDESK_USER", desk, "person", _login_name),
        theme=pick("theme", "", screen, "theme", "tamdesk-dark"),
        mouse=pick("mouse", "", screen, "mouse", True),
        editor=_editor(environment, screen, path),
        idle_minutes=pick("", "", raw.get("timer", {}), "idle_minutes", 15),
        keys=dict(raw.get("keys", {})),
    )


def _editor(environment: Mapping[str, str], screen: Mapping[str, Any], path: Path) -> Value:
    """What was said for this program wins over what holds for all: VISUAL, then EDITOR."""
    named = {"TAMDESK_EDITOR": environment.get("TAMDESK_EDITOR"), str(path): screen.get("editor")}
    common = {name: environment.get(name) for name in ("VISUAL", "EDITOR")}
    for source, value in (named | common).items():
        if value:
            return Value(value, source)
    return Value("", "default")


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:
        raise ConfigError("this machine does not know who you are; say it with --as LOGIN, or TAMDESK_USER") from error


def _database(flags: Mapping[str, str | None], environment: Mapping[str, str], desk: Any, path: Path) -> Value:
    """A database named at a stronger place wins over a folder named at a weaker one."""
    places = (
        (flags.get("database"), flags.get("data-dir"), "--database", "--data-dir"),
        (environment.get("TAMDESK_DATABASE"), None, "TAMDESK_DATABASE", ""),
        (desk.get("database"), desk.get("data_dir"), str(path), str(path)),
    )
    for database, folder, named, placed in places:
        if database:
            return Value(database, named)
        if folder:
            return Value(str(Path(folder).expanduser() / "desk.db"), placed)
    from platformdirs import user_data_path

    return Value(str(user_data_path("tamdesk") / "desk.db"), "default")
