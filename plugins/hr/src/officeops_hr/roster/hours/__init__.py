"""Hours: the rules of law and of the house on hours, rest and notice, as data that warns."""
