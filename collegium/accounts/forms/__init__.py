"""Forms: allauth's in our words (`account`, `passkeys`) and our own (`own`)."""
