"""What the matrix asks of hiring, and of first and last days."""

BEGINNING = """
add-hiring-lists
add-boarding-steps
opening add --title Aide --role MA
opening add --title Old --role MA
opening archive JO-2 --reason Test
opening add --title Nurse --role RN
opening post JO-3
candidate add --name "Ann Apply" --opening JO-3
candidate add --name "Bo Gone" --opening JO-3
candidate archive C-2 --reason Test
candidate add --name "Cy Offer" --opening JO-3
candidate screen C-3
candidate offer C-3 --starts-on 2027-01-04 --despite
candidate add --name "Di Accept" --opening JO-3
candidate screen C-4
candidate offer C-4 --starts-on 2027-01-04 --despite
candidate accept C-4
candidate add --name "Ed No" --opening JO-3
candidate reject C-5 --reason Pay
candidate add --name "Flo Seen" --opening JO-3
candidate screen C-6
interview-kit add --name Old
interview-kit archive Old
interview-kit add --name Desk --question Calm
interview add --candidate C-1 --at "2026-03-04 10:00" --kit Desk --interviewer P-1 --interviewer P-2
scorecard archive SK-2
interview add --candidate C-1 --at "2026-03-05 10:00" --kit Desk
interview archive #2
interview add --candidate C-3 --at "2026-03-05 11:00" --kit Desk --interviewer P-1
scorecard give SK-3 --answer "Calm=4 took a breath"
assessment add --candidate C-1 --test Typing
assessment add --candidate C-1 --test Old
assessment archive #2
decline-reason add --name Old
decline-reason archive Old
off-limits-topic add --topic Old --words old
off-limits-topic archive Old
boarding-step add --title Old
boarding-step archive Old
final-pay-rule add --state ME --cause quit --kind at_once
final-pay-rule archive #17
offer add --candidate C-1 --starts-on 2027-01-04
offer archive #3 --reason Test
person onboard P-1
person add --name "Fay Stone" --employment "2025-01-01; last_day=2026-12-31"
"""
WORDS = {
    "add-hiring-lists": "",
    "add-boarding-steps": "",
    "opening add": "--title New --role MA",
    "opening post": "JO-1",
    "opening fill": "JO-3",
    "opening close": "JO-1 --why-closed No",
    "candidate add": "--name New --opening JO-3",
    "candidate screen": "C-1",
    "candidate interview": "C-1",
    "candidate assess": "C-6",
    "candidate check-references": "C-6",
    "candidate ask-reference": "C-1 --name Lee",
    "candidate offer": "C-6 --starts-on 2027-01-04 --despite",
    "candidate accept": "C-3",
    "candidate decline": "C-3",
    "candidate hire": "C-4",
    "candidate reject": "C-1 --reason Pay",
    "candidate withdraw": "C-1",
    "candidate reconsider": "C-5",
    "candidate close-file": "C-5",
    "candidate scores": "C-1",
    "candidate merge": "C-6 --into C-1",
    "interview-kit add": "--name New --question Calm",
    "interview add": '--candidate C-1 --at "2026-03-06 10:00" --kit Desk',
    "scorecard add": "--interview #1 --interviewer P-4",
    "scorecard give": 'SK-1 --answer "Calm=4 took a breath"',
    "assessment add": "--candidate C-1 --test New",
    "offer add": "--candidate C-1 --starts-on 2027-01-04",
    "decline-reason add": "--name New",
    "off-limits-topic add": "--topic New --words new",
    "boarding-step add": "--title New",
    "boarding move": "BO-1 --on 2026-05-01",
    "final-pay-rule add": "--state NH --cause quit --kind at_once",
    "person onboard": "P-5",
    "person offboard": "P-6",
}
NOUNS = {
    "opening": ("JO-1", "JO-2", "--reason Other", "title,role\nNew,MA\n"),
    "candidate": ("C-1", "C-2", "--source Other", "name,opening\nNew,Nurse\n"),
    "interview-kit": ("Desk", "Old", "--note Other", "name\nNew\n"),
    "interview": ("#1", "#2", "--place Other", "candidate,when,kit\nC-1,2026-03-08 10:00,Desk\n"),
    "scorecard": ("SK-1", "SK-2", "--interviewer P-4", "interview,interviewer\n#1,P-4\n"),
    "interview-score": ("#1", "", "", ""),
    "assessment": ("#1", "#2", "--reached 5", "candidate,test\nC-1,New\n"),
    "offer": ("#1", "#3", "--conditions Other", "candidate,first day\nC-1,2027-01-04\n"),
    "decline-reason": ("Pay", "Old", "--said-by office", "name\nNew\n"),
    "off-limits-topic": ("Age", "Old", "--source Other", "topic,words\nNew,new\n"),
    "boarding-step": ("#1", "Old", "--note Other", "title\nNew\n"),
    "boarding": ("BO-1", "", "", ""),
    "final-pay-rule": ("#1", "#17", "--source Other", "state,cause,due\nNH,quit,at_once\n"),
}
OTHER = {
    "opening add": ("--title Another --role MA", ""),
    "candidate add": ("--name Another --opening JO-3", ""),
    "candidate ask-reference": ("C-1 --name Kim", ""),
    "interview-kit add": ("--name Another", ""),
    "interview add": ('--candidate C-1 --at "2026-03-08 10:00" --kit Desk', ""),
    "scorecard add": ("--interview #1 --interviewer P-5", ""),
    "assessment add": ("--candidate C-1 --test Another", ""),
    "offer add": ("--candidate C-1 --starts-on 2027-01-05", ""),
    "decline-reason add": ("--name Another", ""),
    "off-limits-topic add": ("--topic Another --words another", ""),
    "boarding-step add": ("--title Another", ""),
    "boarding move": ("BO-1 --on 2026-05-02", ""),
    "final-pay-rule add": ("--state VT --cause quit --kind at_once", ""),
}
