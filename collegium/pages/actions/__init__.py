"""The verbs of pages. Each opens with its rule, ends with its entry, and stands in one transaction."""
