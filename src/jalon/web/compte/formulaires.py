"""The library's forms with our labels and helps, and the choice of the device at each way in."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from jalon.web.compte.appareil import PARTAGE, choose_device

ADRESSE_MANQUE = "Écrivez votre adresse électronique, par exemple zoe@exemple.fr."
CODE_MANQUE = "Recopiez le code."
MOT_DE_PASSE_AIDE = "Douze caractères au moins. Une phrase de quelques mots est plus sûre qu’un mot compliqué, et plus facile à retenir."


def adresse_field(label: str = "Votre adresse électronique", help_text: str = "") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=help_text,
        max_length=254,
        error_messages={
            "required": ADRESSE_MANQUE,
            "invalid": "Cette adresse n’est pas complète\u00a0: il faut une partie avant et une partie après le @.",
        },
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


def code_field(label: str = "Le code", help_text: str = "", *, on_paper: bool = False) -> forms.CharField:
    """`on_paper`: a telephone has no message to propose it from."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=40,
        error_messages={"required": CODE_MANQUE},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off" if on_paper else "one-time-code",
                "inputmode": "numeric",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


def appareil_field() -> forms.BooleanField:
    return forms.BooleanField(
        label="Cet appareil sert à d’autres personnes",
        help_text="Votre espace se refermera après un quart d’heure sans activité.",
        required=False,
    )


def _relabel(field: forms.Field, label: str, help_text: str = "", required: str = "") -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    if required:
        field.error_messages["required"] = required


class _OnDevice:
    """A form whose sending also says whether the device is shared."""

    cleaned_data: dict[str, Any]

    def keep_device(self) -> None:
        choose_device(context.request, shared=bool(self.cleaned_data.get(PARTAGE)))


class AdresseForm(account.LoginForm):
    """No password asked first: a code comes by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = adresse_field(help_text="Celle où vous avez reçu votre invitation.")

    def clean_login(self) -> str:
        return str(self.cleaned_data["login"]).strip().lower()


class MotDePasseForm(account.LoginForm, _OnDevice):
    """The second way in: for whoever chose a password."""

    def _setup_password_field(self) -> None:
        """The library removes the field, since no sign-up form asks for one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = adresse_field()
        _relabel(self.fields["password"], "Votre mot de passe", required="Écrivez votre mot de passe.")
        self.fields[PARTAGE] = appareil_field()
        self.order_fields(["login", "password", PARTAGE])

    def clean_login(self) -> str:
        return str(self.cleaned_data["login"]).strip().lower()

    def login(self, request: Any, redirect_url: str | None = None) -> Any:
        self.keep_device()
        return super().login(request, redirect_url=redirect_url)


class CodeConnexionForm(account.ConfirmLoginCodeForm, _OnDevice):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("Le code reçu", "Huit chiffres. Le tiret ne compte pas.")
        self.fields[PARTAGE] = appareil_field()

    def clean(self) -> dict[str, Any]:
        self.keep_device()
        return super().clean() or {}


class ConfirmerMotDePasseForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self.fields["password"], "Votre mot de passe", required="Écrivez votre mot de passe.")


class _DeuxFois:
    fields: dict[str, forms.Field]

    def label_both(self) -> None:
        _relabel(
            self.fields["password1"],
            "Votre nouveau mot de passe",
            MOT_DE_PASSE_AIDE,
            "Choisissez un mot de passe.",
        )
        _relabel(
            self.fields["password2"], "Le même, encore une fois", required="Écrivez-le une seconde fois."
        )


class ChoisirMotDePasseForm(account.SetPasswordForm, _DeuxFois):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_both()


class ChangerMotDePasseForm(account.ChangePasswordForm, _DeuxFois):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_both()
        _relabel(
            self.fields["oldpassword"],
            "Votre mot de passe actuel",
            required="Écrivez votre mot de passe actuel.",
        )


class NouveauMotDePasseForm(account.ResetPasswordKeyForm, _DeuxFois):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_both()


class MotDePasseOublieForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = adresse_field()


class CodeMotDePasseForm(account.ConfirmPasswordResetCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("Le code reçu", "Huit chiffres. Le tiret ne compte pas.")


_SECOND_FACTEUR_AIDE = "Les six chiffres de votre application, ou l’un de vos codes de secours."


class SecondFacteurForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("Votre code", _SECOND_FACTEUR_AIDE)


class ConfirmerSecondFacteurForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("Votre code", _SECOND_FACTEUR_AIDE)


class PoserApplicationForm(ActivateTOTPForm):
    """The library makes another secret at each display; ours stays the same until it is used, so that going back to
    the page after having scanned it does no harm."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        session = context.request.session
        self.secret = session.setdefault(SECRET_SESSION_KEY, generate_totp_secret())
        self.fields["code"] = code_field("Le code affiché par l’application", "Six chiffres.")


class AjouterCleForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self.fields["name"], "Le nom de cette clé", "Pour la reconnaître dans la liste.")
        self.fields["name"].widget.attrs["maxlength"] = "60"
        _relabel(
            self.fields["passwordless"],
            "Cette clé suffit pour entrer",
            "Sans code reçu par courriel. L’appareil demandera votre empreinte, votre visage ou son code.",
        )
        self.fields["passwordless"].initial = True
        self.fields["credential"].error_messages["required"] = (
            "L’appareil n’a pas donné de clé. Cela demande JavaScript et un appareil qui sait en faire\u00a0: "
            "essayez avec un autre, ou posez une application de codes."
        )


class RenommerCleForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self.fields["name"], "Le nom de cette clé", required="Donnez un nom à cette clé.")
        self.fields["name"].widget.attrs["maxlength"] = "60"
