"""The application on one's own device: installing it, and being told while no page is open."""
