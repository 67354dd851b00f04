"""What is said when nothing came."""


class RefusedError(Exception):
    """Nothing came of a request. `reason` is one word, for records and tests; nobody is shown more than that."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
