"""Django's settings for tests: the real ones, less what makes every test slow."""

from collegium.config.settings import *  # noqa: F403 - the point of this file

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Pages are tested without a collected, hashed copy of the static files; a live server finds them where they lie.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
COMMUNITY_KEPT_SECONDS = 0  # each test has a community of its own
VISITS_WRITER = False  # tests write what waits themselves, in their own transaction
