"""Events by the month: one's own, a group's, a page's."""
