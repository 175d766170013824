"""Continuing education: what somebody earned, and what a cycle still asks for."""
