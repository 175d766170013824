"""The sheet of time worked on the screen: a day of everybody, or the days of one person."""
