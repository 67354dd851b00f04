"""The cast and its friends, and a database to live in, for every test of the house."""

pytest_plugins = ["collegium.testing.databases", "collegium.testing.fixtures", "collegium.testing.order"]
