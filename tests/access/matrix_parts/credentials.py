"""What the matrix asks of credentials."""

BEGINNING = """
add-credential-types
credential-type add --name Old
credential-type archive Old
credential add --person P-1 --type BLS --number 1 --expires-on 2026-05-31
credential add --person P-1 --type ACLS --number 2 --expires-on 2026-05-31
credential archive CR-2
credential add --person P-1 --type PALS --number 3 --expires-on 2026-05-31
credential suspend CR-3 --reason Asked
education-rule add --type BLS --credits 4
education-rule add --type ACLS --credits 4
education-rule archive #7
education-entry add --person P-1 --type BLS --title Course --credits 1
education-entry add --person P-1 --type BLS --title Old --credits 2
education-entry archive #2
access-grant add --person P-1 --name Records
access-grant add --person P-1 --name Safe --sort key
access-grant archive #2 --reason Test
"""
WORDS = {
    "person education": "P-1",
    "person ready": "",
    "education-entry add": "--person P-2 --type BLS --title Talk --credits 1",
    "education-rule add": "--type PALS --credits 4",
    "access-grant add": "--person P-2 --name Records",
    "access-grant take-back": "#1",
    "add-credential-types": "",
    "credential add": "--person P-2 --type BLS --number 4",
    "credential file-renewal": "CR-1",
    "credential not-required": "CR-1 --reason Desk",
    "credential reinstate": "CR-3",
    "credential renew": "CR-1 --expires-on 2028-05-31",
    "credential suspend": "CR-1 --reason Asked",
    "credential verify": "CR-1 --source Card",
    "credential-type add": "--name New",
}
NOUNS = {
    "education-entry": (
        "#1",
        "#2",
        "--provider Other",
        "person,type,title,credits,earned on\nP-2,BLS,Talk,2,2026-01-31\n",
    ),
    "education-rule": ("#6", "#7", "--source Other", "type,credits\nPALS,4\n"),
    "access-grant": ("#1", "#2", "--detail Other", "person,name\nP-2,Lab\n"),
    "credential": (
        "CR-1",
        "CR-2",
        "--number 5",
        "person,type,number,expires on\nP-2,BLS,6,2027-05-31\n",
    ),
    "credential-type": ("BLS", "Old", "--source Other", "name\nNew\n"),
}
OTHER = {
    "education-entry add": ("--person P-2 --type ACLS --title Talk --credits 1", ""),
    "education-rule add": ("--type 'Car insurance' --credits 4", ""),
    "access-grant add": ("--person P-2 --name Door", ""),
    "credential add": ("--person P-2 --type ACLS --number 7", ""),
    "credential-type add": ("--name Another", ""),
}
