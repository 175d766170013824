"""Incidents: burns and sticks at a machine. Each person sees their own, a manager sees all."""

from __future__ import annotations

from datetime import date

from officeops import Record, Scope, field, ref

#: A row's key is the user whose it is, so nobody looks it up anywhere.
OWN = Scope("incidents", own="SELECT ?")


class Incident(
    Record,
    key="sterilizer.incident",
    # HR has incidents too, and a word belongs to one plugin.
    noun="sterilizer-incident",
    display="happened_on",
    scope=OWN.by("user_id", all="manage"),
):
    """Something that happened to a person at a machine."""

    user_id: int = ref("core.user")
    sterilizer_id: int = ref("sterilizer.sterilizer")
    happened_on: date = field(default=lambda office: office.today)
    injury: str | None = field(default=None, kind="long_text", sealed=True)
