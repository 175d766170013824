"""Filling: proposes who takes the open seats of one week; it decides nothing and saves nothing.

Three steps: give each seat the person who fits best, the scarcest role first; free somebody for a
seat that stayed open by moving up to three others (ejection chains); then even out the unpopular
seats. The same input gives the same draft. Weeks are independent but for the unpopular seats that
people had before.
"""
