"""`python -m officeops`."""

from officeops.cli import main

main()
