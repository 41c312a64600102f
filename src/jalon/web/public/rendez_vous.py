"""An appointment without an account: choose a moment, leave the least, come back by one's own link. Neutral from end to end."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from jalon.access.cabinet import open_cabinet
from jalon.access.disponibilite import Agenda, Moment, read_agendas
from jalon.actions.reservation import book_entretien
from jalon.domain.horaire import nom_du_fuseau
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.seance import Modalite
from jalon.web import gate, refus
from jalon.web.composants.typographie import date_longue
from jalon.web.public.contact import ContactForm, delais
from jalon.web.public.frein import too_often
from jalon.web.public.moments import RechercheForm, free_days, near, read_moment, write_moment
from jalon.web.requete import Requete

ESSAIS, FENETRE = 5, 3600


class PrendreForm(ContactForm):
    """The least, and a moment that may be changed on the spot when somebody was quicker."""

    moment = forms.CharField(widget=forms.HiddenInput)
    comment = forms.ChoiceField(choices=[(m.value, m.label) for m in Modalite], widget=forms.HiddenInput)
    autre = forms.CharField(label="Choisissez un autre moment", required=False, widget=forms.RadioSelect)
    propose = False
    field_order = (
        "moment",
        "comment",
        "autre",
        "prenom",
        "telephone",
        "email",
        "rappel_discret",
        "propos",
        "site",
    )

    def __init__(self, modalite: Modalite, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phone, mail = self.fields["telephone"], self.fields["email"]
        if modalite == Modalite.TELEPHONE:
            phone.label, phone.required = "Le numéro où vous appeler", True
            phone.error_messages["required"] = "Laissez le numéro où vous appeler à l’heure dite."
        else:
            phone.label = "Votre téléphone, en cas d’imprévu"
        mail.help_text = (
            "Pour recevoir un lien qui confirme, déplace ou annule. Plutôt personnelle : un employeur peut lire une "
            "adresse professionnelle. L’objet du courriel ne dit rien de votre démarche."
        )
        self.fields["propos"].label = "Ce que vous voulez déjà nous dire"

    def offer(self, moments: list[Moment]) -> None:
        """Others, to choose from where one stands: nothing typed is lost."""
        self.fields["autre"].widget.choices = [  # type: ignore[attr-defined]
            (write_moment(m), f"{date_longue(m.debut, m.fuseau)}, avec {m.membre.personne.nom_complet}")
            for m in moments
        ]
        self.propose = bool(moments)


def cabinet_and_agendas(request: Requete) -> tuple[Any, list[Agenda]]:
    organisme = open_cabinet()
    if organisme is None:
        raise Http404
    return organisme, read_agendas(organisme, request.now)


@gate.public
def choisir(request: Requete) -> HttpResponse:
    organisme, agendas = cabinet_and_agendas(request)
    form = RechercheForm(agendas, _asked(request, agendas))
    semaine = free_days(organisme, agendas, form, request.GET.get("depuis", ""), request.now)
    context = {
        "organisme": organisme,
        "agendas": agendas,
        "form": form,
        "semaine": semaine,
        "prendre": reverse("public_prendre"),
        **hour_of(organisme, agendas),
    }
    return render(request, "public/rendez_vous_choisir.html", context)


def _asked(request: Requete, agendas: list[Agenda]) -> dict[str, str]:
    """The address, or what most people want first."""
    asked = {name: request.GET.get(name, "") for name in ("comment", "avec", "quand")}
    ways = [m for m in Modalite if any(m in a.modalites for a in agendas)]
    if asked["comment"] not in ways:
        asked["comment"] = next((m.value for m in (Modalite.TELEPHONE, *ways) if m in ways), "")
    return asked


@gate.public
def prendre(request: Requete) -> HttpResponse:
    organisme, agendas = cabinet_and_agendas(request)
    said = request.POST if request.method == "POST" else request.GET
    wanted = read_moment(said.get("autre") or said.get("moment", ""))
    if wanted is None or said.get("comment") not in set(Modalite):
        return redirect("public_rendez_vous_choisir")
    modalite = Modalite(said["comment"])
    form = PrendreForm(
        modalite, request.POST or None, initial={"moment": said.get("moment", ""), "comment": modalite.value}
    )
    found: list[Obstacle] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = dict(form.cleaned_data)
            if typed.pop("site"):
                return redirect("public_contact_recu")  # a machine: let it believe
            if too_often(request, "rendez_vous", amount=ESSAIS, seconds=FENETRE):
                status = 429
                found = [_TOO_MANY]
            else:
                try:
                    made = book_entretien(
                        organisme=organisme,
                        consultant_id=wanted[1],
                        debut=wanted[0],
                        modalite=modalite,
                        now=request.now,
                        **{k: v for k, v in typed.items() if k not in ("moment", "comment", "autre")},
                    )
                except Refused as refused:
                    found = refus.put_on(form, refused)
                    if any(o.code == "occupe" for o in refused.obstacles):
                        form.offer(_others(organisme, agendas, modalite, wanted, request))
                else:
                    return redirect("public_rendez_vous", made.jeton)
    shown = _moment(organisme, agendas, modalite, wanted, request)
    if request.method == "GET" and shown is None:
        found = [_GONE]
        form.offer(_others(organisme, agendas, modalite, wanted, request))
    context = {
        "form": form,
        "moment": shown,
        "modalite": modalite.label,
        "obstacles_trouves": found,
        **delais(organisme, request),
        **hour_of(organisme, agendas),
    }
    return render(request, "public/rendez_vous_prendre.html", context, status=status)


_GONE = Obstacle("Ce moment vient d’être pris. Voici les plus proches.", code="occupe")
_TOO_MANY = Obstacle(
    "Plusieurs rendez-vous viennent d’être pris depuis votre réseau. Attendez une heure, ou appelez-nous : "
    "votre texte est encore là, ci-dessous.",
    code="frein",
)


def _moment(
    organisme: Any, agendas: list[Agenda], modalite: Modalite, wanted: Any, request: Requete
) -> Moment | None:
    mine = [a for a in agendas if a.consultant.pk == wanted[1]]
    return next(
        (m for m in near(organisme, mine, modalite, wanted[0], request.now) if m.debut == wanted[0]), None
    )


def _others(
    organisme: Any, agendas: list[Agenda], modalite: Modalite, wanted: Any, request: Requete
) -> list[Moment]:
    """With the same consultant if she still has some, else with anybody."""
    mine = [a for a in agendas if a.consultant.pk == wanted[1]]
    return near(organisme, mine, modalite, wanted[0], request.now) or near(
        organisme, agendas, modalite, wanted[0], request.now
    )


def hour_of(organisme: Any, agendas: list[Agenda]) -> dict[str, Any]:
    zones = {a.emploi.fuseau.key for a in agendas} or {organisme.fuseau}
    return {"ville": nom_du_fuseau(next(iter(zones))) if len(zones) == 1 else ""}


def absolute(name: str, *args: Any) -> str:
    return settings.JALON_BASE_URL.rstrip("/") + reverse(name, args=args)


urls = [
    path("rendez-vous/", choisir, name="public_rendez_vous_choisir"),
    path("rendez-vous/prendre/", prendre, name="public_prendre"),
]
