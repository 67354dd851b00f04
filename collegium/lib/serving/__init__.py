"""What stands between the web server and Django: the door, the log of requests, readiness. Knows no room."""
