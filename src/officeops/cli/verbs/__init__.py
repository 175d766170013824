"""The verbs that every noun has: list, show, add, edit, import, export and its actions."""
