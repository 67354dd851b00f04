"""Django's settings, made from `options` (environment over collegium.toml over defaults)."""

from csp.constants import NONCE, NONE, SELF

from collegium.config.accounts_settings import *  # noqa: F403 - allauth reads its settings by name
from collegium.config.options import options
from collegium.lib import logs

BASE_DIR = options.clone
DEBUG = options.debug
SECRET_KEY = options.secret_key
ALLOWED_HOSTS = options.allowed_hosts
DATA_DIR = options.data
ROOT_URLCONF = "collegium.config.urls"
WSGI_APPLICATION = "collegium.config.wsgi.application"
PUBLIC_URL = options.public_url
TRUSTED_PROXIES = options.trusted_proxies
STYLEGUIDE = options.styleguide
PREVIEWS = options.previews
NAMESERVER = options.nameserver
VISITS_WRITER = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TOO_MANY_HANDLER = "collegium.ui.errors.too_many"
CONFLICT_HANDLER = "collegium.ui.errors.conflict"

INSTALLED_APPS = [
    "collegium.config.apps.ConfigConfig",
    "collegium.portability",
    "collegium.search",
    "collegium.contacts",
    "collegium.feed",
    "collegium.introductions",
    "collegium.digests",
    "collegium.newsletters",
    "collegium.articles",
    "collegium.pictures",
    "collegium.videos",
    "collegium.decks",
    "collegium.polls",
    "collegium.previews",
    "collegium.reposts",
    "collegium.occasions",
    "collegium.events",
    "collegium.documents",
    "collegium.shares",
    "collegium.openings",
    "collegium.applications",
    "collegium.referrals",
    "collegium.hiring",
    "collegium.finding",
    "collegium.messaging",
    "collegium.reach",
    "collegium.sorting",
    "collegium.groups",
    "collegium.pages",
    "collegium.resumes",
    "collegium.profiles",
    "collegium.network",
    "collegium.openness",
    "collegium.conduct",
    "collegium.vouching",
    "collegium.visits",
    "collegium.workplaces",
    "collegium.career",
    "collegium.organizations",
    "collegium.push",
    "collegium.notifications",
    "collegium.uploads",
    "collegium.realtime",
    "collegium.media",
    "collegium.graph",
    "collegium.audience",
    "collegium.ties",
    "collegium.members",
    "collegium.accounts",
    "collegium.journal",
    "collegium.skills",
    "collegium.gazetteer",
    "collegium.ui",
    "collegium.lib",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "collegium.ui.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "collegium.lib.serving.packing.Packing",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "collegium.audience.viewer.ViewerMiddleware",
    "collegium.members.standing.StandingMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "collegium.lib.limits_middleware.LimitsMiddleware",
    "collegium.lib.conflict_middleware.ConflictMiddleware",
    "collegium.graph.middleware.GraphMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "collegium.ui.jinja.Templates",
        "NAME": "jinja2",
        "DIRS": sorted(str(path) for path in (options.clone / "collegium").glob("*/templates")),
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "collegium.ui.jinja.environment",
            "context_processors": ["collegium.accounts.community.site"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {"default": options.database}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["collegium.accounts.backends.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "collegium.accounts.session_store"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = options.https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_TRUSTED_ORIGINS = [options.public_url] if options.public_url else []
CSRF_FAILURE_VIEW = "collegium.ui.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if options.trusted_proxies else None
SECURE_HSTS_SECONDS = 31_536_000 if options.https else 0

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "frame-src": [NONE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["collegium", "worker"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "collegium.media.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [options.clone / "collegium" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "collegium.ui.assets.Bundles"]
STATIC_ROOT = options.data / "static"
MEDIA_ROOT = options.data / "media"
ACCEL = options.accel
STORAGES = {
    "default": options.storage,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if options.smtp_host else "collegium.lib.mail.KeptMail"
EMAIL_HOST, EMAIL_PORT = options.smtp_host, options.smtp_port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = options.smtp_user, options.smtp_password
EMAIL_USE_TLS, EMAIL_TIMEOUT = options.smtp_tls, 10
DEFAULT_FROM_EMAIL, MAIL_REPLY_TO, MAIL_BOUNCES = options.mail_from, options.mail_reply_to, options.mail_bounces

PROCRASTINATE_ON_APP_READY = "collegium.config.wiring.schedule"
LOGGING = logs.configuration(options.log_level)
