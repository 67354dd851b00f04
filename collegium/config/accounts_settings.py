"""How one gets in: django-allauth's settings.

Sign-in by e-mail address only. Codes instead of links, because a phone opens a link from its mail program in another
browser, where nobody is signing up, while a code can be typed anywhere.
"""

from collegium.config.options import options

ACCOUNT_ADAPTER = "collegium.members.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "collegium.accounts.adapter.display_name"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # A mail goes out either way: neither the answer nor its time tells who is known.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False  # allauth can offer it for unknown addresses only, which would tell.
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGIN_TIMEOUT = 45 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if options.https else "http"
ACCOUNT_FORMS = {
    "signup": "collegium.members.forms.SignUpForm",
    "login": "collegium.accounts.forms.account.SignInForm",
    "reset_password": "collegium.accounts.forms.account.ResetForm",
    "reset_password_from_key": "collegium.accounts.forms.account.NewPasswordForm",
    "change_password": "collegium.accounts.forms.account.ChangePasswordForm",
    "set_password": "collegium.accounts.forms.account.SetPasswordForm",
    "add_email": "collegium.accounts.forms.account.ChangeEmailForm",
    "reauthenticate": "collegium.accounts.forms.account.ReauthenticateForm",
    "confirm_email_verification_code": "collegium.accounts.forms.account.ConfirmEmailForm",
    "confirm_password_reset_code": "collegium.accounts.forms.account.ConfirmResetForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "confirm_email": "1/10s/key",
    "reauthenticate": "10/m/user",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}

MFA_ADAPTER = "collegium.accounts.mfa.Adapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "collegium.accounts.forms.account.SecondStepForm",
    "reauthenticate": "collegium.accounts.forms.account.SecondStepAgainForm",
    "activate_totp": "collegium.accounts.forms.account.ActivateAppForm",
    "add_webauthn": "collegium.accounts.forms.passkeys.AddPasskeyForm",
    "signup_webauthn": "collegium.accounts.forms.passkeys.FirstPasskeyForm",
    "edit_webauthn": "collegium.accounts.forms.passkeys.RenamePasskeyForm",
    "login_webauthn": "collegium.accounts.forms.passkeys.PasskeySignInForm",
    "authenticate_webauthn": "collegium.accounts.forms.passkeys.PasskeyStepForm",
    "reauthenticate_webauthn": "collegium.accounts.forms.passkeys.PasskeyAgainForm",
}
USERSESSIONS_ADAPTER = "collegium.accounts.sessions.Adapter"

AUTH_PASSWORD_VALIDATORS = [{"NAME": "collegium.accounts.passwords.Strength"}]

# allauth counts attempts in the default cache. It is a table, so that all processes count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Where links in mails point that are written outside of a request.
BASE_URL = options.public_url.rstrip("/") or f"http://localhost:{options.port}"
