"""Absence: who calls out, whose shifts open by it, whom somebody asked, and who covers."""
