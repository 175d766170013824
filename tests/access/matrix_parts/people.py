"""What the matrix asks of the people."""

BEGINNING = """
add-job-roles
job-role add --code OLD --name Old
job-role archive OLD
person add --name "Ana Stone" --employment 2024-01-01 --position MA --phone 202-555-0111
person add --name "Ben Stone"
person add --name "Old Stone" --employment "2020-01-01; last_day=2020-12-31" --position "MA; starts_on=2020-01-01"
pay add --person P-1 --amount 20
pay add --person P-2 --amount 20
pay archive #2
benefit add --person P-1 --plan Health --starts-on 2025-01-01
benefit add --person P-1 --plan Dental --starts-on 2025-01-01
benefit archive #2
work-pattern add --person P-1 --monday 8:00
work-pattern add --person P-2 --monday 8:00
work-pattern archive #2
employment add --person P-2 --hired-on 2021-01-01
employment archive #3
position add --person P-2 --role MA
position archive #3
person archive P-3
person add --name "Cy Stone"
person add --name "Di Stone" --employment 2025-01-01
"""
WORDS = {
    "person add": "--name New",
    "person hire": "P-4 --on 2026-05-01",
    "person separate": "P-1 --on 2026-12-31",
    "person correct-name": "P-1 --name Anna --reason Typed",
    "print-emergency-sheet": "--people 2",
    "person chart": "",
    "person directory": "",
    "person emergency-sheet": "",
    "person file": "P-1",
    "person packet": "P-1",
    "person ready": "",
    "person references": "P-1",
    "person merge": "P-4 --into P-2",
    "job-role add": "--code NEW --name New",
    "employment add": "--person P-2 --hired-on 2025-01-01",
    "position add": "--person P-2 --role RN",
    "pay add": "--person P-2 --amount 30",
    "benefit add": "--person P-2 --plan New --starts-on 2026-01-01",
    "work-pattern add": "--person P-2 --friday 8:00",
}
NOUNS = {
    "person": ("P-1", "P-3", "--note Other", "name\nNew\n"),
    "job-role": ("MA", "OLD", "--name Helper", "code,name\nN,New\n"),
    "employment": ("#1", "#3", "--last-day 2030-01-01", "person,hired\nP-2,2026-01-01\n"),
    "position": ("#1", "#3", "--title Other", "person,role,from\nP-2,RN,2026-01-01\n"),
    "pay": ("#1", "#2", "--reason Other", "person,amount,from\nP-2,21,2026-01-01\n"),
    "benefit": ("#1", "#2", "--tier Other", "person,plan,from\nP-2,Vision,2026-01-01\n"),
    "work-pattern": ("#1", "#2", "--friday 4:00", "person,monday,from\nP-2,8:00,2026-01-01\n"),
}
OTHER = {
    "person hire": ("P-4 --on 2026-05-02", ""),
    "person separate": ("P-5 --on 2026-05-03", ""),
    "person correct-name": ("P-2 --name Benn --reason Typed", ""),
    "print-emergency-sheet": ("--people 3", ""),
    "person add": ("--name Other", ""),
    "job-role add": ("--code X --name Aide", ""),
    "employment add": ("--person P-2 --hired-on 2026-05-01", ""),
    "position add": ("--person P-2 --role NP", ""),
    "pay add": ("--person P-2 --amount 31", ""),
    "benefit add": ("--person P-2 --plan Other --starts-on 2026-01-01", ""),
    "work-pattern add": ("--person P-2 --sunday 8:00", ""),
}
ENDS_OTHERWISE = {"me": "nobody here is linked to a login"}
