"""Messages and invitations from elsewhere: kept for one member's eyes alone, if she says so."""
