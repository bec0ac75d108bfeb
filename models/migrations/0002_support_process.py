"""What the support process keeps beside tickets: requests, mails, saved views, macros, links, mentions, presence."""

from models.scripted import run_beside


def up(migrator, db):
    run_beside(__file__, db)
