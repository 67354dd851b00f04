"""The cast and its friends, for every test of the house."""

pytest_plugins = ["collegium.testing.fixtures"]
