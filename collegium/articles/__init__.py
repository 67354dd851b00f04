"""Long texts with headings, an address of their own and a history."""
