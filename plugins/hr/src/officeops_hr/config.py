"""`[plugins.hr]` in officeops.toml."""

from __future__ import annotations

from officeops import Settings, setting


class HrSettings(Settings):
    """What the office wants to see of its people."""

    birthdays: bool = setting(
        default=False, help="Say on the morning's page whose birthday it is, of people who agreed"
    )
    training_lead_days: int = setting(
        default=30, minimum=0, help="Days before its end from which a training counts as due"
    )
    policy_review_lead_days: int = setting(
        default=30, minimum=0, help="Days before its review from which a policy is due for it"
    )
