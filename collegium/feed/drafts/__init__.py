"""What is not posted yet: kept as one types, posted by hand or by the clock."""
