"""Pages of sides: one's own, what one reads of somebody, and what somebody wrote from each."""
