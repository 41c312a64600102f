"""What the library says, in our words: errors (what, why, what to do), short confirmations, security notices."""

from jalon.documents.courriels import Changement

_CODE_FAUX = "Ce code n’est pas le bon. Vérifiez les chiffres, ou demandez-en un autre."
_TROP = "Trop d’essais en peu de temps\u00a0: par prudence, nous attendons un peu. Recommencez dans quelques minutes."

ERREURS = {
    "account_inactive": "Ce compte est fermé. Si c’est une erreur, appelez votre cabinet.",
    "email_password_mismatch": "Cette adresse et ce mot de passe ne vont pas ensemble. "
    "Vérifiez-les, ou entrez avec un code reçu par courriel.",
    "enter_current_password": "Ce n’est pas votre mot de passe actuel. "
    "Si vous l’avez oublié, choisissez-en un nouveau avec un code reçu par courriel.",
    "incorrect_code": _CODE_FAUX,
    "incorrect_password": "Ce n’est pas votre mot de passe. Vérifiez les majuscules, puis recommencez.",
    "invalid_login": "Écrivez votre adresse électronique.",
    "too_many_login_attempts": _TROP,
    "rate_limited": _TROP,
}
ERREURS_SECOND_FACTEUR = {
    "cannot_delete_authenticator": "Dans une équipe, la seconde vérification est obligatoire\u00a0: "
    "ajoutez d’abord un autre moyen, puis retirez celui-ci.",
    "cannot_generate_recovery_codes": "Posez d’abord une application de codes ou une clé d’accès\u00a0: "
    "les codes de secours les remplacent quand elles manquent.",
    "incorrect_code": "Ce code n’est pas le bon, ou il vient d’expirer. Attendez le suivant et recopiez-le.",
    "unverified_email": "Votre adresse n’est pas encore vérifiée\u00a0: entrez une fois avec un code reçu par courriel.",
}
MESSAGES = {
    "account/messages/logged_out.txt": "Vous êtes déconnecté. Vous pouvez fermer cette page.",
    "account/messages/password_changed.txt": "Votre nouveau mot de passe est en place.",
    "account/messages/password_set.txt": "Votre mot de passe est en place.",
    "mfa/messages/recovery_codes_generated.txt": "Vos codes de secours sont prêts\u00a0: gardez-les loin de cet appareil.",
    "mfa/messages/totp_activated.txt": "L’application de codes est en place.",
    "mfa/messages/totp_deactivated.txt": "L’application de codes est retirée.",
    "mfa/messages/webauthn_added.txt": "La clé d’accès est en place.",
    "mfa/messages/webauthn_removed.txt": "La clé d’accès est retirée.",
}
CHANGEMENTS = {
    "password_changed": Changement.MOT_DE_PASSE.value,
    "password_set": Changement.MOT_DE_PASSE.value,
    "password_reset": Changement.MOT_DE_PASSE.value,
    "totp_activated": Changement.APPLICATION_AJOUTEE.value,
    "totp_deactivated": Changement.APPLICATION_RETIREE.value,
    "webauthn_added": Changement.CLE_AJOUTEE.value,
    "webauthn_removed": Changement.CLE_RETIREE.value,
    "recovery_codes_generated": Changement.CODES_SECOURS.value,
}
