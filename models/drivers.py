"""Keeps database drivers that a SQLite desk never uses out of its start-up.

Peewee imports every driver that is installed (17 ms for psycopg2, 120 ms for psycopg). This module imports Peewee with
those drivers hidden, and gives psycopg2 back when a PostgreSQL desk is opened. Import it before `peewee`.
"""

import sys

from models.errors import DatabaseUnavailable

_HIDDEN = ("psycopg2", "psycopg", "psycopg2cffi", "pymysql", "MySQLdb")


def _import_peewee() -> None:
    """Import Peewee as if no driver but sqlite3 were installed."""
    hidden = [name for name in _HIDDEN if name not in sys.modules]
    for name in hidden:
        # None in sys.modules makes an import statement raise ImportError, which Peewee takes for "not installed".
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import peewee  # noqa: F401
    finally:
        for name in hidden:
            del sys.modules[name]


def load_postgresql() -> None:
    """Import psycopg2 and hand it to Peewee; raise DatabaseUnavailable where it is not installed."""
    import peewee

    if getattr(peewee, "psycopg2", None) is not None:
        return
    try:
        import psycopg2
        from psycopg2 import extensions, extras
    except ImportError as error:
        raise DatabaseUnavailable(
            "A postgresql:// address needs the PostgreSQL driver: pip install 'tamdesk[postgresql]'."
        ) from error
    adapter = peewee.Psycopg2Adapter
    adapter.txn_idle = extensions.TRANSACTION_STATUS_IDLE
    adapter.txn_inerror = extensions.TRANSACTION_STATUS_INERROR
    adapter.txn_unknown = extensions.TRANSACTION_STATUS_UNKNOWN
    names = {"psycopg2": psycopg2, "pg_extensions": extensions, "Json_pg2": extras.Json}
    for name, value in names.items():
        setattr(peewee, name, value)


_import_peewee()
