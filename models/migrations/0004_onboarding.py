"""How a customer is brought on board: phases, needs, criteria, evidence, sessions, scope, gates, risks, reports."""

from models.scripted import run_beside


def up(migrator, db):
    run_beside(__file__, db)
