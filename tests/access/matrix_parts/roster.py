"""What the matrix asks of the schedule."""

BEGINNING = """
coverage-rule add --name Assistants --role MA
coverage-rule add --name Old
coverage-rule archive Old
shift-pattern add --person P-1 --weekday monday --starts-at 8:00 --ends-at 12:00 --role MA
shift-pattern add --person P-1 --weekday tuesday --starts-at 8:00 --ends-at 12:00 --role MA
shift-pattern archive #2
shift add --day 2026-04-20 --role MA --starts-at 8:00 --ends-at 12:00
shift add --day 2026-04-21 --role MA --starts-at 8:00 --ends-at 12:00
shift archive #2
shift add --day 2026-04-22 --person P-1 --role MA --starts-at 8:00 --ends-at 12:00
shift add --day 2026-04-27 --person P-1 --role MA --starts-at 8:00 --ends-at 12:00
publish-schedule --week 2026-04-27
publish-schedule --week 2026-04-20
roster-revision told #2
published-shift offer #1
person call-out P-2 --first-day 2026-05-04 --last-day 2026-05-06
shift ask #1 --person P-1 --answer no
availability add --person P-1 --weekday thursday
availability add --person P-1 --weekday tuesday
availability archive #2
hours-rule add --name Notice --kind notice --number 14
hours-rule add --name Old --kind notice --number 7
hours-rule archive Old
shift-template add --digit 1 --name Early --starts-at 7:00 --ends-at 15:00
shift-template add --digit 2 --name Late --starts-at 11:00 --ends-at 19:00
shift-template archive Late
"""
WORDS = {
    "add-usual-hours-rules": "",
    "add-usual-shift-templates": "",
    "shift-template add": "--digit 3 --name Night --starts-at 22:00 --ends-at 6:00",
    "availability add": "--person P-1 --weekday sunday",
    "hours-rule add": "--name New --kind notice --number 3",
    "roster fairness": "",
    "roster calendar": "P-1",
    "roster on-call": "",
    "roster open": "",
    "roster notice": "",
    "roster unseen": "",
    "roster who-can": "2026-04-20",
    "call-out end": "CO-1 --on 2026-05-05",
    "mark-schedule-seen": "",
    "published-shift offer": "#2",
    "published-shift take": "#2",
    "published-shift call-out": "#2",
    "shift-offer approve": "SW-1",
    "shift-offer refuse": "SW-1 --why-not No",
    "shift-offer step-back": "SW-1",
    "shift-offer take": "SW-1",
    "shift-offer take-for": "SW-1 --person P-2",
    "shift-offer withdraw": "SW-1",
    "roster-revision told": "#1 --person P-1",
    "person call-out": "P-1 --first-day 2026-05-11",
    "shift ask": "#1 --person P-1 --answer yes",
    "coverage-rule add": "--name New",
    "lay-out-schedule": "",
    "fill-schedule": "--first 2026-04-20 --until 2026-04-21",
    "publish-schedule": "--week 2026-04-20",
    "roster changes": "2026-04-20",
    "roster cover": "#1",
    "roster fill": "--from 2026-04-20",
    "roster coverage": "2026-04-20",
    "roster gaps": "",
    "roster plan": "--week 2026-05-04 P-1 fri=8-12 --reason Agreed",
    "roster week": "2026-04-20",
    "roster who": "",
    "shift add": "--day 2026-04-23 --role MA --starts-at 8:00 --ends-at 12:00",
    "shift assign": "#1 --person P-1 --despite Agreed",
    "shift drop": "#1",
    "shift open": "#3",
    "shift-pattern add": "--person P-1 --weekday friday --starts-at 8:00 --ends-at 12:00 --role MA",
}
NOUNS = {
    "availability": ("#1", "#2", "--note Course", "person,kind,weekday\nP-1,cannot,friday\n"),
    "hours-rule": ("Notice", "Old", "--number 10", "name,kind,days\nNew,notice,5\n"),
    "shift-template": (
        "Early",
        "Late",
        "--unpaid 0:30",
        "digit,name,from,until\n4,Half,8:00,12:00\n",
    ),
    "shift-offer": ("SW-1", "", "", ""),
    "roster-notice": ("#1", "", "", ""),
    "call-out": ("CO-1", "", "", ""),
    "cover-ask": ("#1", "", "", ""),
    "roster-revision": ("#1", "", "", ""),
    "published-shift": ("#1", "", "", ""),
    "coverage-rule": ("Assistants", "Old", "--people 2", "name\nNew\n"),
    "shift": ("#1", "#2", "--ends-at 13:00", "day,role,from,until\n2026-04-24,MA,8:00,12:00\n"),
    "shift-pattern": (
        "#1",
        "#2",
        "--ends-at 13:00",
        "person,weekday,from,until,role\nP-1,thursday,8:00,12:00,MA\n",
    ),
}
OTHER = {
    "call-out end": ("CO-1 --on 2026-05-06", ""),
    "lay-out-schedule": ("--until 2027-03-31", ""),
    "roster plan": ("--week 2026-05-04 P-1 fri=8-13 --reason Agreed", ""),
    "fill-schedule": ("--first 2026-04-20 --until 2026-04-22", ""),
    "shift-offer refuse": ("SW-1 --why-not Other", ""),
    "availability add": ("--person P-1 --weekday saturday", ""),
    "hours-rule add": ("--name Another --kind notice --number 3", ""),
    "shift-template add": ("--digit 5 --name Noon --starts-at 12:00 --ends-at 18:00", ""),
    "roster-revision told": ("#1 --how paper", ""),
    "person call-out": ("P-1 --first-day 2026-05-12", ""),
    "shift ask": ("#1 --person P-1 --answer no_answer", ""),
    "coverage-rule add": ("--name Another", ""),
    "publish-schedule": ("--week 2026-04-21 --despite Agreed", ""),
    "shift add": ("--day 2026-04-30 --role MA --starts-at 8:00 --ends-at 12:00", ""),
    "shift assign": ("#1 --person P-1 --despite Other", ""),
    "shift-pattern add": (
        "--person P-1 --weekday sunday --starts-at 8:00 --ends-at 12:00 --role MA",
        "",
    ),
}
_UNLINKED = "nobody here is linked to a login"
ENDS_OTHERWISE = {
    "mark-schedule-seen": _UNLINKED,
    "published-shift offer": _UNLINKED,
    "published-shift take": _UNLINKED,
    "published-shift call-out": _UNLINKED,
    "shift-offer approve": "nobody has taken it",
    "shift-offer step-back": "nobody has taken it",
    "shift-offer take": _UNLINKED,
    "shift-offer take-for": "does not work here then",
    "shift-offer withdraw": _UNLINKED,
}
