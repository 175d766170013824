"""What the matrix asks of supervision."""

BEGINNING = """
one-to-one add Times --person P-1 --text slow --follow-up 2026-03-02
one-to-one add Old --person P-1
one-to-one archive #2
goal add Draws --person P-1 --due 2026-06-01
goal add Old --person P-1 --due 2026-06-01
goal archive GO-2
goal add Reached --person P-1 --due 2026-06-01
goal reach GO-3
review-question add Focus
review-question add Old
review-question archive Old
review add --person P-1 --period-from 2025-01-01 --period-to 2025-12-31 --text good
review answer RV-1 --answer "Focus=4 calm"
review add --person P-2 --period-from 2025-01-01 --period-to 2025-12-31 --text good
review archive RV-2 --reason Test
review add --person P-4 --period-from 2025-01-01 --period-to 2025-12-31 --text good
review answer RV-3 --answer "Focus=4 calm"
review share RV-3
recognition add Praise --person P-1
recognition add Old --person P-1
recognition archive #2
discipline add --person P-1 --what-happened late --happened-on 2026-02-01 --follow-up 2026-03-02
discipline add --person P-1 --what-happened old
discipline archive DI-2 --reason Test
discipline add --person P-1 --what-happened again --happened-on 2026-02-01 --follow-up 2026-03-02
discipline deliver DI-3
"""
WORDS = {
    "list-to-sign": "",
    "one-to-one add": "New --person P-2",
    "one-to-one follow-up": "#1",
    "goal add": "New --person P-2 --due 2026-07-01",
    "goal drop": "GO-1 --remark Moved",
    "goal progress": "GO-1 --percent 40",
    "goal reach": "GO-1",
    "goal resume": "GO-3",
    "review add": "--person P-2 --period-from 2025-01-01 --period-to 2025-06-30",
    "review answer": 'RV-1 --answer "Focus=4 calm"',
    "review recall": "RV-3",
    "review refuse": "RV-3 --why-unsigned No",
    "review share": "RV-1",
    "review sign": "RV-3",
    "review text": "RV-3",
    "review-question add": "New",
    "review sign-on-paper": "RV-3 --signed-on 2026-03-02",
    "recognition add": "New --person P-2",
    "discipline add": "--person P-2 --what-happened late",
    "discipline deliver": "DI-1",
    "discipline follow-up": "DI-3",
    "discipline refuse": "DI-3 --why-unsigned No",
    "discipline sign": "DI-3",
    "discipline sign-on-paper": "DI-3 --signed-on 2026-03-02",
    "discipline withdraw": "DI-3 --why-withdrawn Appeal",
}
NOUNS = {
    "one-to-one": ("#1", "#2", "--topic Other", "person,topic\nP-2,New\n"),
    "goal": ("GO-1", "GO-2", "--title Other", "person,title,due on\nP-2,New,2026-07-01\n"),
    "review-question": ("#1", "#2", "--rated no", "question\nOther\n"),
    "review": (
        "RV-1",
        "RV-2",
        "--form other",
        "person,from,until\nP-2,2024-01-01,2024-12-31\n",
    ),
    "recognition": ("#1", "#2", "--text Other", "person,text\nP-2,New\n"),
    "discipline": ("DI-1", "DI-2", "--step written", "person,what happened\nP-2,late\n"),
}
OTHER = {
    "one-to-one add": ("Other --person P-2", ""),
    "goal add": ("Other --person P-2 --due 2026-07-01", ""),
    "review-question add": ("Other2", ""),
    "review add": ("--person P-4 --period-from 2025-01-01 --period-to 2025-06-30", ""),
    "recognition add": ("Other --person P-2", ""),
    "discipline add": ("--person P-4 --what-happened other", ""),
}
ENDS_OTHERWISE = {
    "review sign": "the person signs it with their own login",
    "discipline sign": "the person signs it with their own login",
}
