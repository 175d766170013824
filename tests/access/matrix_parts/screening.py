"""What the matrix asks of exclusion checks."""

from pathlib import Path

LIST = Path(__file__).parents[1] / "leie.csv"
BEGINNING = f"""
dataset load leie {LIST}
check-exclusions
"""
WORDS = {
    "dataset load": f"leie {LIST}",
    "dataset show": "leie",
    "check-exclusions": "",
    "screening-hit clear": "OH-1 --because 'another SSN'",
    "screening-hit confirm": "OH-1 --because 'the SSN'",
}
NOUNS = {
    "screening-run": ("OR-1", "", "", ""),
    "screening-result": ("#1", "", "", ""),
    "screening-hit": ("OH-1", "", "", ""),
}
