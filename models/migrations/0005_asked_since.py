"""When a ticket last changed joins the index that queries are answered from."""

from models.scripted import run_beside


def up(migrator, db):
    run_beside(__file__, db)
