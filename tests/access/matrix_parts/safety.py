"""What the matrix asks of safety and privacy."""

BEGINNING = """
incident add Needlestick --kind sharps --at "2026-02-27 09:00"
incident add Old
incident archive IN-2 --reason Test
incident add Fall --kind other --at "2026-02-27 10:00"
incident close IN-3
incident add Spill --kind other --at "2026-02-27 10:00"
injury-case add --incident IN-1 --person P-1
injury-case add --incident IN-4 --person P-2
injury-case archive IC-2 --reason Test
vaccine-offer add --person P-1
vaccine-offer add --person P-2
vaccine-offer archive #2
deadline add --topic own --about incident --event injury --title Own --after 1
deadline add --topic old --about incident --event injury --title Old --after 1
deadline archive #2
breach add Fax --persons 1
breach edit BR-1 --nature Labs --recipient Shop --acquired Read --mitigated Burnt
breach add Old
breach archive BR-2 --reason Test
breach add Laptop --nature Labs --recipient Shop --acquired Read --mitigated Burnt
breach dismiss BR-3 --reason Encrypted
risk-analysis add --done-by IT
risk-analysis add --done-by Old
risk-analysis archive RA-2
privacy-risk add Laptops
privacy-risk add Old
privacy-risk archive PR-2 --reason Test
privacy-risk add Doors
privacy-risk reduce PR-3
review-access
"""
WORDS = {
    "first-hour": "sharps",
    "add-deadlines": "",
    "review-access": "",
    "incident add": "'Wet floor'",
    "incident close": "IN-1",
    "incident reopen": "IN-3",
    "injury-case add": "--incident IN-1 --person P-2",
    "vaccine-offer add": "--person P-4",
    "deadline add": "--topic new --about incident --event injury --title New --after 1",
    "breach add": "Mail",
    "breach close": "BR-1",
    "breach dismiss": "BR-1 --reason Burnt",
    "breach notify": "BR-1 --reason Read",
    "breach reopen": "BR-3",
    "risk-analysis add": "--done-by Us",
    "privacy-risk accept": "PR-1 --remark Rare",
    "privacy-risk add": "Email",
    "privacy-risk reduce": "PR-1",
    "privacy-risk resume": "PR-3",
}
NOUNS = {
    "incident": ("IN-1", "IN-2", "--department Lab", "what\nSlip\n"),
    "injury-case": ("IC-1", "IC-2", "--outcome medical", "incident,person\nIN-4,P-4\n"),
    "vaccine-offer": ("#1", "#2", "--answer declined", "person\nP-4\n"),
    "deadline": (
        "#1",
        "#2",
        "--source Law",
        "topic,about,event,title,after\nnew,incident,injury,New,2\n",
    ),
    "breach": ("BR-1", "BR-2", "--persons 2", "what\nMail\n"),
    "risk-analysis": ("RA-1", "RA-2", "--method Tool", "done by\nUs\n"),
    "privacy-risk": ("PR-1", "PR-2", "--measure Locks", "risk\nEmail\n"),
    "access-review": ("AR-1", "", "", ""),
}
OTHER = {
    "review-access": ("--remark Again", ""),
    "incident add": ("'Torn carpet'", ""),
    "injury-case add": ("--incident IN-4 --person P-4", ""),
    "vaccine-offer add": ("--person P-4 --answer immune", ""),
    "deadline add": ("--topic more --about incident --event injury --title More --after 2", ""),
    "breach add": ("Papers", ""),
    "risk-analysis add": ("--done-by Others", ""),
    "privacy-risk add": ("Phones", ""),
}
ENDS_OTHERWISE = {"breach close": "it is open", "incident close": "not decided yet"}
