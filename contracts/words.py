"""The words of a contract that code and catalogue share."""

SEVERITIES = (1, 2, 3, 4)
DEPLOYMENTS = ("cloud", "self-hosted")
ENTITLEMENTS = ("no", "yes", "bespoke", "optional")
FEATURES = ("community", "professional", "enterprise_features", "tam")
PERIODS = ("week", "month", "quarter", "term")
COMMUNITY = "community"
"""The channel id of every place that is answered by the community, in any revision."""
POLICIES: dict[str, tuple[str, ...]] = {
    "credit_clock": ("support_hours", "elapsed"),
    "credit_rounding": ("completed", "started"),
    "business_day": ("open_hours", "same_time"),
    "escalation_hours": ("business", "contract"),
    "due_at_close": ("closing", "opening"),
    "credit_cap_days": (),
}
"""Policies by name with their values; one without values is a number of days."""


def duration_text(minutes: int) -> str:
    """Minutes as people write them: 90 is "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )
