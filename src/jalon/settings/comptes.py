"""Accounts: by invitation only, a code by mail first, few tries, neutral mails. Read by the library that carries them."""

ACCOUNT_ADAPTER = "jalon.web.compte.adapter.CompteAdapter"
MFA_ADAPTER = "jalon.web.compte.adapter.SecondFacteurAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# An account exists only by invitation, and the invitation proves the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
USERSESSIONS_TRACK_ACTIVITY = False

# Figures only: a telephone shows its keypad. Three tries a code, few codes an hour.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600

# Counted in the cache that all processes share: one process alone would never see enough tries.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip,3/m/key,10/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "code_papier": "20/10m/ip,5/10m/key",
    "invitation": "30/10m/ip",
    "adresse": "5/h/user,3/h/key",
}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Jalon"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True

_FORMS = "jalon.web.compte.formulaires"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.AdresseForm",
    "confirm_login_code": f"{_FORMS}.CodeConnexionForm",
    "reauthenticate": f"{_FORMS}.ConfirmerMotDePasseForm",
    "set_password": f"{_FORMS}.ChoisirMotDePasseForm",
    "change_password": f"{_FORMS}.ChangerMotDePasseForm",
    "reset_password": f"{_FORMS}.MotDePasseOublieForm",
    "confirm_password_reset_code": f"{_FORMS}.CodeMotDePasseForm",
    "reset_password_from_key": f"{_FORMS}.NouveauMotDePasseForm",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.SecondFacteurForm",
    "reauthenticate": f"{_FORMS}.ConfirmerSecondFacteurForm",
    "activate_totp": f"{_FORMS}.PoserApplicationForm",
    "add_webauthn": f"{_FORMS}.AjouterCleForm",
    "edit_webauthn": f"{_FORMS}.RenommerCleForm",
}
