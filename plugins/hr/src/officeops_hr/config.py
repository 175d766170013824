"""`[plugins.hr]` in officeops.toml."""

from __future__ import annotations

from officeops import Settings, setting

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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
    supervision_first_review_days: int = setting(
        90, minimum=0, maximum=730, help="Days from the hire to the first review; 0 for none"
    )
    supervision_review_months: int = setting(
        12, minimum=0, maximum=60, help="Months from one review to the next; 0 for none"
    )
    safety_state: str = setting("", help="State whose deadlines count, such as TX; blank for none")
    safety_clinic: str = setting(
        "", help="Whom to call after an exposure: a vendor, or a name with its number"
    )
    safety_compensation: str = setting(
        "", help="The workers' compensation carrier: a vendor, or a name with its number"
    )
    safety_contact: str = setting("", help="Who sees to incidents here, with the number")
    safety_osha_log: bool = setting(
        default=False,
        help="Keep the OSHA log (form 300); offices of physicians are exempt in most states",
    )
    privacy_analysis_months: int = setting(
        12, minimum=1, maximum=60, help="Months from one security risk analysis to the next"
    )
    boarding_state: str = setting(
        "", help="State whose rules of final pay count, such as CA; blank for safety_state"
    )
    boarding_paydays: str = setting(
        "",
        help="When you pay: every 2 weeks from 2026-12-04, or days of the month such as 15, last",
    )
    schedule_rest: int = setting(
        600, minimum=0, maximum=1440, help="Minutes of rest between two days of work"
    )
    schedule_templates: str = setting(
        "",
        help="Shifts typed by a digit until the office has templates, such as 7:30-16:30/60, 8-12",
    )
    schedule_break: int = setting(
        30,
        minimum=0,
        maximum=120,
        help="Unpaid minutes of a typed shift of more than six hours, or than the meal_after rule says",
    )
    time_week_begins: str = setting(
        "monday",
        choices=_WEEKDAYS,
        help="The day on which pay weeks begin; overtime is counted in each alone",
    )
