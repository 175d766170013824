"""What the matrix asks of time worked."""

_DAY = "--starts-at 8:00 --ends-at 12:00"
BEGINNING = f"""
time-entry add --person P-1 --day 2026-02-02 {_DAY}
time-entry add --person P-1 --day 2026-02-03 {_DAY}
time-entry archive #2
time-entry add --person P-1 --day 2026-02-09 {_DAY}
time-entry add --person P-1 --day 2026-02-16 {_DAY}
time-entry add --person P-1 --day 2026-02-23 {_DAY}
time-entry add --person P-1 --day 2026-01-26 {_DAY}
submit-time --week 2026-02-09 --person P-1
submit-time --week 2026-02-16 --person P-1
timesheet approve TW-2
submit-time --week 2026-02-23 --person P-1
timesheet approve TW-3
timesheet lock TW-3
submit-time --week 2026-01-26 --person P-1
timesheet return TW-4 --why-returned Later
"""
WORDS = {
    "time day": "2026-02-02",
    "time week": "2026-02-02",
    "time payroll": "2026-02-23",
    "time-entry add": f"--person P-1 --day 2026-02-04 {_DAY}",
    "confirm-time": "--day 2026-02-02",
    "submit-time": "--week 2026-02-02 --person P-1",
    "correct-time": f"--entry #5 {_DAY} --unpaid 30 --reason Late",
    "timesheet approve": "TW-1",
    "timesheet lock": "TW-2",
    "timesheet return": "TW-1 --why-returned Wrong",
    "timesheet submit": "TW-4",
    "timesheet unlock": "TW-3 --why-unlocked Wrong",
}
NOUNS = {
    "time-entry": (
        "#1",
        "#2",
        "--ends-at 13:00",
        "person,day,from,until\nP-1,2026-02-05,8:00,12:00\n",
    ),
    "timesheet": ("TW-1", "", "", ""),
    "paid-time": ("#1", "", "", ""),
}
OTHER = {
    "time-entry add": (f"--person P-1 --day 2026-02-06 {_DAY}", ""),
    "submit-time": ("--week 2026-01-26 --person P-1", ""),
    "correct-time": (f"--entry #5 {_DAY} --unpaid 45 --reason Other", ""),
}
ENDS_OTHERWISE = {
    "confirm-time": "Nothing is missing",
}
