"""What a member said elsewhere: her posts with their dates, and for her eyes alone what cannot stand here."""
