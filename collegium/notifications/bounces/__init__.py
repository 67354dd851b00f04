"""Mails that come back: read from reports (RFC 3464) and from what servers say while a mail is handed over."""
