"""Files in conversations: taken in, looked at in a process that may be killed, shown, and gone with their message."""
