"""The words that columns hold, for those who read rows and need no table for it."""

ENGINEER, TAM, LEAD, READ_ONLY = "engineer", "tam", "lead", "read-only"
ROLES = (ENGINEER, TAM, LEAD, READ_ONLY)

INITIAL, NON_URGENT, URGENT = "initial_response", "escalation_non_urgent", "escalation_urgent"
RUNNING, MET, MISSED, VOID = "running", "met", "missed", "void"
