"""Incidents and injuries: the first hour, the dates that follow, the logs, and vaccine offers."""
