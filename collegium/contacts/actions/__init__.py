"""The verbs over what a member keeps about people.

Each holds its owner still (`held`), so that what one does in two windows at once comes one after the other. None of it
is told to anybody; the journal names rows, never words.
"""
