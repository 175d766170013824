"""What the matrix asks of training, skills and policies."""

BEGINNING = """
add-training-topics
training-topic add --name Old
training-topic archive Old
training-session add --title Empty
training-session add --title Old
training-session archive TS-2
training-session add --title Planned
training-session invite TS-3 --topics HIPAA --people P-1
record-training --topics Fire --people P-1
training add --person P-1 --topic "Emergency response" --done-on 2026-01-31
training archive #3
skill add --name Phlebotomy
skill add --name Old
skill archive Old
competence add --person P-1 --skill Phlebotomy --outside-observer Ann
competence add --person P-1 --skill Phlebotomy --outside-observer Bob
competence archive #2
policy add --name Needlestick
policy add --name Old
policy archive POL-2
policy issue POL-1 --text Wash.
policy issue POL-1 --text Rinse.
policy-version archive PV-2
policy issue POL-1 --text Dry.
acknowledgment add --person P-2 --policy-version PV-3
acknowledgment archive #1
acknowledgment add --person P-1 --policy-version PV-3
"""
WORDS = {
    "add-training-topics": "",
    "record-training": "--topics Fire --people P-1",
    "person trained": "P-1 --topics Fire",
    "training add": "--person P-2 --topic 'Emergency response' --done-on 2026-01-31",
    "training due": "",
    "training-topic add": "--name New",
    "training-session add": "--title New",
    "training-session invite": "TS-3 --topics Fire --people P-2",
    "training-session complete": "TS-3",
    "training-session text": "TS-3",
    "skill add": "--name New",
    "skill matrix": "",
    "skill cover": "",
    "competence add": "--person P-2 --skill Phlebotomy --outside-observer Ann",
    "competence observe": "#1 --outside-observer Ann",
    "record-competence": "--skill Phlebotomy --people P-2 --outside-observer Ann",
    "policy add": "--name New",
    "policy find": "wash",
    "policy unread": "",
    "policy text": "POL-1",
    "policy issue": "POL-1 --text Scrub.",
    "policy review": "POL-1",
    "policy acknowledge": "POL-1",
    "policy record-readers": "POL-1 --people P-2",
    "policy-version add": "--policy POL-1 --text Scrub.",
    "acknowledgment add": "--person P-2 --policy-version PV-1",
}
NOUNS = {
    "training": (
        "#2",
        "#3",
        "--trainer Other",
        "person,topic,done on\nP-2,Emergency response,2026-01-30\n",
    ),
    "training-topic": ("Fire", "Old", "--source Other", "name\nNew\n"),
    "training-session": ("TS-1", "TS-2", "--trainer Other", "title\nNew\n"),
    "skill": ("Phlebotomy", "Old", "--source Other", "name\nNew\n"),
    "competence": (
        "#1",
        "#2",
        "--remark Other",
        "person,skill,outside observer\nP-2,Phlebotomy,Ann\n",
    ),
    "policy": ("POL-1", "POL-2", "--area Other", "name\nNew\n"),
    "policy-version": ("PV-1", "PV-2", "--change Other", "policy,text\nPOL-1,Scrub.\n"),
    "acknowledgment": ("#2", "#1", "--way meeting", "person,policy version\nP-2,PV-1\n"),
}
OTHER = {
    "record-training": ("--topics Workplace --people P-1", ""),
    "record-competence": ("--skill Phlebotomy --people P-1 --outside-observer Bob", ""),
    "training add": ("--person P-2 --topic Fire", ""),
    "training-topic add": ("--name Another", ""),
    "training-session add": ("--title Another", ""),
    "skill add": ("--name Another", ""),
    "competence add": ("--person P-2 --skill Phlebotomy --outside-observer Bob", ""),
    "policy add": ("--name Another", ""),
    "policy-version add": ("--policy POL-1 --text Wipe.", ""),
    "acknowledgment add": ("--person P-1 --policy-version PV-1", ""),
}
ENDS_OTHERWISE = {"policy acknowledge": "nobody here is linked to a login"}
