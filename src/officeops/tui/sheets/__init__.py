"""The screens of entry sheets: the sheet itself, and the review before it is booked."""
