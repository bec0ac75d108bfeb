"""Two people, two programs, one ticket: whoever opens it sees who is writing already."""

from tests.stories.programs import tamdesk


def test_a_colleague_sees_who_writes_on_the_ticket_and_that_they_have_stopped(demo, home):
    with tamdesk(demo, home, "anna") as anna, tamdesk(demo, home, "ben", columns=80, rows=24) as ben:
        for terminal in (anna, ben):
            terminal.see("Logins fail for every user", "^p palette")
            terminal.press("enter")
            terminal.see("Nobody can log in since")
        ben.see("anna is reading")
        anna.see("ben is reading")
        anna.press("r")
        anna.see("Reply to Mei Tan")
        anna.press("We are on it.")
        ben.see("anna is writing")
        anna.press("escape")
        ben.see("anna is reading")
        anna.press("escape")
        ben.no_longer("anna is")
