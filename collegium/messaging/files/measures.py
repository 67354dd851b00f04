"""What a voice note may be, for both sides of the process that makes it."""

MOST_SECONDS, LEAST_SECONDS = 301, 0.3
STEPS = 48
OUTPUT = 8 * 1024 * 1024
