"""The words of a contract that code and catalogue share."""

SEVERITIES = (1, 2, 3, 4)
DEPLOYMENTS = ("cloud", "self-hosted")
ENTITLEMENTS = ("no", "yes", "bespoke", "optional")
FEATURES = ("community", "professional", "enterprise_features", "tam")
PERIODS = ("week", "month", "quarter", "term")
COMMUNITY = "community"
"""The channel id of every place that is answered by the community, in any revision."""
