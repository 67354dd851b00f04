"""What a member said and chose here, packed as a community bundle of one person, to take along."""
