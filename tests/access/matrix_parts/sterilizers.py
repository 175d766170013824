"""What the matrix asks of sterilizers: one in use, one that is locked, and one that is ready."""

BEGINNING = """
equipment add --name Kettle --spore-procedure cdc_2003
sterilizer-load add Sets --equipment Kettle
sterilizer-load add Old --equipment Kettle
sterilizer-load reject LD-2 --reason wet
sterilizer-load archive LD-2
spore-test add --equipment Kettle
spore-test add --equipment Kettle
spore-test withdraw BI-2 --reason lost
spore-test archive BI-2
equipment add --name Boiler --spore-procedure cdc_2008
sterilizer-load add Packs --equipment Boiler
spore-test add --equipment Boiler
spore-test read BI-3 --test-vial growth
equipment add --name Pot --spore-procedure cdc_2003
spore-test add --equipment Pot
spore-test read BI-4 --test-vial growth
sterilizer-failure review SF-2 --findings full
spore-test add --equipment Pot
spore-test read BI-5 --test-vial no_growth --control-vial growth --mechanical pass --chemical pass
"""
WORDS = {
    "spore-test add": "--equipment Kettle",
    "spore-test read": "BI-1 --test-vial no_growth --control-vial growth",
    "spore-test withdraw": "BI-1 --reason lost",
    "sterilization log": "Kettle",
    "sterilization record": "Kettle=9/Sets/pass/pass",
    "sterilizer-failure decide-recall": "SF-1 --decision recall --decided-by Hahn",
    "sterilizer-failure release": "SF-2",
    "sterilizer-failure reopen": "SF-2 --reason misread",
    "sterilizer-failure repaired": "SF-1 --cause gasket",
    "sterilizer-failure repeat": "SF-2",
    "sterilizer-failure review": "SF-1 --findings full",
    "sterilizer-failure withdraw": "SF-1 --reason misread",
    "sterilizer-load add": "New --equipment Kettle",
    "sterilizer-load archive": "LD-1",
    "sterilizer-load correct": "LD-1 --implant yes --reason misread",
    "sterilizer-load decide-recall": "LD-3 --decision recall --decided-by Hahn",
    "sterilizer-load reject": "LD-1 --reason wet",
    "sterilizer-load release": "LD-1 --mechanical pass --chemical pass",
}
BEFORE = {
    "sterilizer-failure reopen": "sterilizer-failure release SF-2",
    "spore-test archive": "spore-test withdraw BI-1 --reason lost",
    "sterilizer-load archive": "sterilizer-load reject LD-1 --reason wet",
}
NOUNS = {
    "spore-test": ("BI-1", "BI-2", "--note Other", "sterilizer,note\nKettle,new\n"),
    "sterilizer-failure": ("SF-1", "", "", ""),
    "sterilizer-load": ("LD-1", "LD-2", "--note Other", "sterilizer,contents\nKettle,New\n"),
}
OTHER = {
    "spore-test add": ("--equipment Kettle --indicator-lot other", ""),
    "sterilization record": ("Kettle=10/Others/pass/pass", ""),
    "sterilizer-load add": ("Other --equipment Kettle", ""),
}
