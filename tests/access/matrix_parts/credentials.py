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
access-grant add --person P-1 --name Records
access-grant add --person P-1 --name Safe --sort key
access-grant archive #2
"""
WORDS = {
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
    "access-grant add": ("--person P-2 --name Door", ""),
    "add-credential-types": ("", ""),
    "credential add": ("--person P-2 --type ACLS --number 7", ""),
    "credential-type add": ("--name Another", ""),
}
