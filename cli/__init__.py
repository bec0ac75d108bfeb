"""The `tamdesk` command, a file a command group."""
