"""Interviews: those who hire offer times, the applicant takes one, both have it in their calendars."""
