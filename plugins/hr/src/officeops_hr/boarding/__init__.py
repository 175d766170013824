"""The first and the last days of a person: checklists and what to take back."""
