"""What is typed about an opening, turned into `details.Details`; a file for each sort of field."""
