"""What was missed, by mail, once a day or a week."""
