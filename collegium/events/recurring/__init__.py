"""When something happens that happens again: pure functions over local hours, without a database."""
