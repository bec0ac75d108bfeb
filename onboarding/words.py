"""The words that the columns of an onboarding hold, for those who read rows and need no table for it."""

PROOF, TERM, CONTINUOUS = "proof of value", "onboarding term", "continuous support"
PHASES = (PROOF, TERM, CONTINUOUS)
RUNNING, STOPPED, ENDED = "running", "stopped", "ended"
"""The state of an onboarding: stopped after a proof of value, ended when it was closed."""

TO_DO, DOING, BLOCKED, DONE, NOT_NEEDED = "to do", "doing", "blocked", "done", "not needed"
ITEM_STATES = (TO_DO, DOING, BLOCKED, DONE, NOT_NEEDED)
SETTLED = (DONE, NOT_NEEDED)
"""States in which nobody has to do anything about an item."""
VENDOR, CUSTOMER = "vendor", "customer"
SIDES = (VENDOR, CUSTOMER)
PREREQUISITE, TOPIC, GO_LIVE_PART = "prerequisite", "topic", "go-live"
PARTS = (PREREQUISITE, TOPIC, GO_LIVE_PART)

FROM_START, FROM_GO_LIVE = "start", "go-live"
"""Where dates are counted from."""

GATE_PROOF, GATE_GO_LIVE, GATE_TERM = "proof of value", "go-live", "onboarding term"
GATES = (GATE_PROOF, GATE_GO_LIVE, GATE_TERM)
CONTINUE, EXTEND, STOP = "continue", "extend", "stop"
OUTCOMES = (CONTINUE, EXTEND, STOP)
MET, NOT_MET = "met", "not met"
"""What became of a criterion of the proof of value."""
