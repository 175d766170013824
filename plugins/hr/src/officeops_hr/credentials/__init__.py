"""Licenses, certificates and what else ends: who may work on a day, as what."""
