"""What the matrix asks of papers."""

BEGINNING = """
add-paper-types
paper-type add --name Old
paper-type archive Old
paper add --person P-1 --type W-4
paper add --person P-1 --type W-4 --dated-on 2020-01-01
paper archive #2
medical-paper add --person P-1 --type "Tuberculosis test"
medical-paper add --person P-1 --type "Tuberculosis test" --dated-on 2020-01-01
medical-paper archive #2
check-paper add --person P-1 --type I-9
check-paper add --person P-1 --type I-9 --dated-on 2020-01-01
check-paper archive #2
"""
WORDS = {
    "paper-type add": "--name New",
    "paper add": "--person P-2 --type W-4",
    "medical-paper add": "--person P-2 --type 'Tuberculosis test'",
    "check-paper add": "--person P-2 --type I-9",
}
NOUNS = {
    "paper-type": ("W-4", "Old", "--source Other", "name\nNew\n"),
    "paper": ("#1", "#2", "--dated-on 2025-05-05", "person,type,dated\nP-2,W-4,2025-01-01\n"),
    "medical-paper": (
        "#1",
        "#2",
        "--dated-on 2025-05-05",
        "person,type,dated\nP-2,Tuberculosis test,2025-01-01\n",
    ),
    "check-paper": ("#1", "#2", "--dated-on 2025-05-05", "person,type,dated\nP-2,I-9,2025-01-01\n"),
}
OTHER = {
    "paper-type add": ("--name Another", ""),
    "paper add": ("--person P-2 --type 'Handbook acknowledged'", ""),
    "medical-paper add": ("--person P-2 --type 'Accommodation request'", ""),
    "check-paper add": ("--person P-2 --type 'Background check'", ""),
}
