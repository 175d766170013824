"""What the matrix asks of leave."""

BEGINNING = """
leave-policy add --name PTO --step 80 --carry limited --carry-most 40
leave-policy add --name Old
leave-policy archive Old
leave-policy add --name Sick --source Law
leave-enrollment add --person P-1 --policy PTO --starts-on 2025-01-01
leave-enrollment add --person P-1 --policy Sick --starts-on 2026-01-01
leave-enrollment archive #2
leave-enrollment add --person P-2 --policy PTO --starts-on 2026-01-01
leave-enrollment add --person P-4 --policy PTO --starts-on 2026-01-01
leave-enrollment adjust #1 --by 80 --note Start
leave-enrollment adjust #3 --by 8 --note Start
hours-worked add --person P-1 --ends-on 2026-01-31 --worked 80
hours-worked add --person P-1 --ends-on 2026-02-28 --worked 80
hours-worked archive #2
blackout add --first-day 2026-12-24 --reason Rush
blackout add --first-day 2026-12-31 --reason Old
blackout archive #2
leave-request add --person P-1 --policy PTO --first-day 2026-03-09
leave-request add --person P-1 --policy PTO --first-day 2026-03-16
leave-request submit LR-2
leave-request add --person P-1 --policy PTO --first-day 2026-03-23
leave-request submit LR-3
leave-request approve LR-3
leave-request add --person P-1 --policy PTO --first-day 2026-03-30
leave-request archive LR-4 --reason Test
leave-request give-reason LR-1 --text why
"""
WORDS = {
    "add-usual-leave-policy": "--policy 'Unpaid leave'",
    "blackout add": "--first-day 2027-12-24 --reason New",
    "hours-worked add": "--person P-2 --ends-on 2026-01-31 --worked 80",
    "leave balance": "",
    "leave calendar": "",
    "leave statement": "P-1",
    "leave year-end": "PTO",
    "leave-enrollment add": "--person P-2 --policy Sick",
    "leave-enrollment adjust": "#1 --by 1 --note found",
    "leave-enrollment open": "#4 --balance 8",
    "leave-enrollment pay-out": "#1 --hours 1",
    "leave-entry reverse": "#2 --note wrong",
    "leave-policy add": "--name New",
    "leave-policy close-year": "PTO",
    "leave-policy confirm": "Sick",
    "leave-request add": "--person P-1 --policy PTO --first-day 2026-04-06",
    "leave-request amend": "LR-3 --first-day 2026-04-13",
    "leave-request approve": "LR-2",
    "leave-request cancel": "LR-3",
    "leave-request deny": "LR-2 --why-not No",
    "leave-request give-reason": "LR-2 --text why",
    "leave-request submit": "LR-1",
    "leave-request withdraw": "LR-1",
    "request-leave": "--policy PTO --person P-1 --first-day 2026-04-20",
}
NOUNS = {
    "blackout": ("#1", "#2", "--reason Other", "first day,reason\n2027-01-04,New\n"),
    "hours-worked": ("#1", "#2", "--worked 70", "person,until,worked\nP-2,2026-02-28,80\n"),
    "leave-enrollment": ("#1", "#2", "--percent 50", "person,policy\nP-2,Sick\n"),
    "leave-entry": ("#1", "", "", ""),
    "leave-policy": ("PTO", "Old", "--note Other", "name\nNew\n"),
    "leave-reason": ("#1", "", "", ""),
    "leave-request": (
        "LR-1",
        "LR-4",
        "--first-day 2026-03-10",
        "person,policy,first day\nP-1,PTO,2026-05-04\n",
    ),
}
OTHER = {
    "add-usual-leave-policy": ("--policy 'Jury duty'", ""),
    "blackout add": ("--first-day 2028-12-24 --reason Other", ""),
    "hours-worked add": ("--person P-2 --ends-on 2026-02-28 --worked 80", ""),
    "leave-enrollment add": ("--person P-4 --policy Sick", ""),
    "leave-policy add": ("--name Another", ""),
    "leave-request add": ("--person P-1 --policy PTO --first-day 2026-05-04", ""),
    "request-leave": ("--policy PTO --person P-1 --first-day 2026-05-11", ""),
}
