"""How an hour is promised and spent: carry, top-ups, timers, closed periods, alerts, calls, actions, feedback."""

from models.scripted import run_beside


def up(migrator, db):
    run_beside(__file__, db)
