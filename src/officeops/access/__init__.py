"""Access: who may do what. In an office without users, anyone who may open the file may do everything.

Roles reach permissions, people have roles. It is checked where an action begins and where a list is
asked for (`Office.allow`), and once more inside SQLite (`guard`).
"""
