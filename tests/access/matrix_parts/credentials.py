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
"""
WORDS = {
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
    "credential": (
        "CR-1",
        "CR-2",
        "--number 5",
        "person,type,number,expires on\nP-2,BLS,6,2027-05-31\n",
    ),
    "credential-type": ("BLS", "Old", "--source Other", "name\nNew\n"),
}
OTHER = {
    "add-credential-types": ("", ""),
    "credential add": ("--person P-2 --type ACLS --number 7", ""),
    "credential-type add": ("--name Another", ""),
}
