"""Conversations: between two, in groups, and what strangers write first."""
