"""The views of maintenance."""

from __future__ import annotations

from typing import Final

from officeops import View

VIEWS: Final = [
    View(
        "out-of-order",
        "maintenance.equipment",
        "Out of order",
        where="status=out_of_service,quarantined",
    ),
    View(
        "borrowed",
        "maintenance.equipment",
        "On loan from a vendor",
        where="borrowed_from!= status!=retired",
        sort="return_by",
        columns=("name", "borrowed_from", "return_by", "replaces", "status", "location"),
    ),
    View(
        "lent",
        "maintenance.equipment",
        "Lent",
        where="lent_to!=",
        sort="due_back_on",
        columns=("name", "lent_to", "due_back_on", "status", "tag", "location"),
    ),
    View(
        "open",
        "maintenance.ticket",
        "Open tickets",
        where="is_open=yes",
        sort="urgency,id",
    ),
    View(
        "unconfirmed",
        "maintenance.plan",
        "From a template, not confirmed",
        where="template!= confirmed_on=",
        sort="title",
    ),
    View("expected", "maintenance.visit", "Expected", where="state=expected", sort="expected_on"),
    View("open", "maintenance.excursion", "Open excursions", where="state=open,called"),
    View("undecided", "maintenance.held-lot", "Lots to decide on", where="decision=held"),
    View("open", "maintenance.calibration", "Not decided", where="state=open"),
    View("copy-out", "maintenance.waste-pickup", "Signed copy not back", where="signed_copy="),
    View("in-doubt", "maintenance.calibration", "Measurements in doubt", where="in_doubt=yes"),
    View("failed", "maintenance.lab-control", "Failed controls", where="outcome=fail"),
    View(
        "at-hand",
        "maintenance.lab-kit",
        "Kits at hand",
        where="state=unopened,open",
        sort="number",
    ),
    View("sterilizers", "maintenance.equipment", "Sterilizers", where="spore_procedure!="),
    View("waiting", "maintenance.sterilizer-load", "To release or reject", where="state=run"),
    View("in-doubt", "maintenance.sterilizer-load", "In doubt", where="suspect=yes"),
    View("sent", "maintenance.spore-test", "Without a result", where="state=sent"),
    View("locked", "maintenance.sterilizer-failure", "Locked", where="state=locked"),
]
