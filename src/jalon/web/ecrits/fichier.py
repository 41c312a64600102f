"""Files: deposit, list, fetch, erase. The name of a file is content: only the person who reads it gets it back."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path

from jalon import access
from jalon.access import Action
from jalon.access.fichier import FichierLu, get_fichier, list_fichiers
from jalon.actions.fichier import deposit_fichier, erase_fichier
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.saisie import Formulaire, Saisie, envoyer, prose
from jalon.web.requete import Requete
from jalon.web.televersement import MAX_BYTES

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/plain": "txt"}
GENRES = {"application/pdf": "PDF", "image/jpeg": "image", "image/png": "image", "text/plain": "texte"}


class FormulaireFichier(Formulaire):
    fichier = forms.FileField(
        label="Le fichier",
        help_text=f"PDF, image (JPEG ou PNG) ou texte simple, {MAX_BYTES // (1024 * 1024)} Mo au plus. "
        "Les indications cachées (lieu et appareil d’une photo, auteur d’un PDF) sont retirées.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.txt"}),
        error_messages={
            "required": "Choisissez un fichier sur votre appareil.",
            "empty": "Ce fichier est vide. Choisissez-en un autre.",
        },
    )
    # Sent before the file: kept even when the file is too heavy to be read to its end.
    description = prose("Ce que c’est", "En quelques mots, pour le retrouver.", max_length=5_000)

    field_order = ("revision", "description", "fichier")


def sent_form(request: Requete) -> FormulaireFichier:
    """An upload that was cut because of its weight says so, and not that it is missing."""
    form = FormulaireFichier(request.POST, request.FILES)
    if not request.FILES and int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        form.fields["fichier"].error_messages["required"] = (
            f"Ce fichier est trop lourd : {MAX_BYTES // (1024 * 1024)} Mo au plus. Réduisez-le, ou déposez-le en plusieurs fichiers."
        )
    return form


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.DEPOSIT_FICHIER)
    def page(request: Requete, bilan: Any) -> HttpResponse:
        if request.method != "POST":
            return liste(request, bilan, Saisie(FormulaireFichier()))
        refused = envoyer(
            sent_form(request),
            lambda form: deposit(request, bilan, form),
            lambda contenu: "",
            bilan=bilan,
            lecteur=request.user,
        )
        if refused:
            return liste(request, bilan, refused)
        messages.success(request, "Le fichier est déposé et chiffré.")
        return vers(espace, "fichiers", bilan)

    def deposit(request: Requete, bilan: Any, form: FormulaireFichier) -> None:
        sent: UploadedFile = form.cleaned_data["fichier"]
        deposit_fichier(
            bilan=bilan,
            nom=sent.name or "fichier",
            data=sent.read(),
            description=form.cleaned_data["description"],
            by=request.user,
            now=request.now,
        )

    def liste(request: Requete, bilan: Any, saisie: Saisie) -> HttpResponse:
        context = {
            "fichiers": [
                ligne(lu, bilan, request) for lu in list_fichiers(request.user, bilan, now=request.now)
            ],
            "peut_effacer": access.can(Action.ERASE_PIECE, request.user, bilan),
        }
        return montrer_saisie(request, bilan, espace, "ecrits/fichiers.html", saisie, context)

    def ligne(lu: FichierLu, bilan: Any, request: Requete) -> dict[str, Any]:
        return {
            "nom": lu.fiche.nom_original,
            "description": lu.fiche.description,
            "genre": GENRES.get(lu.fiche.type_mime, "fichier"),
            "taille": poids(lu.fichier.octets),
            "quand": lu.fichier.depose_le,
            "moi": lu.fichier.depose_par_id == request.user.pk,
            "lire": lien(espace, "fichier_lire", bilan, lu.fichier.pk),
            "effacer": lien(espace, "fichier_effacer", bilan, lu.fichier.pk),
        }

    @gate.bilan(Action.READ_CONTENU)
    def lire(request: Requete, bilan: Any, fichier_id: Any) -> Any:
        lu = get_fichier(request.user, bilan, fichier_id, now=request.now)
        response = StreamingHttpResponse(lu.octets(), content_type=lu.fiche.type_mime)
        response["Content-Disposition"] = disposition(
            lu, own=request.user.pk in (lu.fichier.depose_par_id, bilan.beneficiaire_id)
        )
        response["Content-Length"] = str(lu.fichier.octets)
        # What somebody handed in never runs in our own pages.
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    @gate.bilan(Action.ERASE_PIECE)
    def effacer(request: Requete, bilan: Any, fichier_id: Any) -> HttpResponse:
        lu = get_fichier(request.user, bilan, fichier_id, now=request.now)
        if request.method != "POST":
            return montrer(
                request, bilan, espace, "ecrits/fichier_effacer.html", {"fichier": ligne(lu, bilan, request)}
            )
        try:
            erase_fichier(fichier=lu.fichier, by=request.user, now=request.now)
        except Refused as refused:
            context = {"fichier": ligne(lu, bilan, request), "obstacles": refused.obstacles}
            return montrer(request, bilan, espace, "ecrits/fichier_effacer.html", context, 422)
        messages.success(request, "Le fichier est effacé.")
        return vers(espace, "fichiers", bilan)

    return [
        path("<uuid:bilan_id>/fichiers/", page, name=f"{espace}_fichiers"),
        path("<uuid:bilan_id>/fichiers/<uuid:fichier_id>/", lire, name=f"{espace}_fichier_lire"),
        path(
            "<uuid:bilan_id>/fichiers/<uuid:fichier_id>/effacer/", effacer, name=f"{espace}_fichier_effacer"
        ),
    ]


def disposition(lu: FichierLu, *, own: bool) -> str:
    """The name of a file says much, and stays in a folder of downloads long after the destruction here: it goes back to
    whoever deposited it and to the person; the other one saves a neutral name."""
    extension = EXTENSIONS.get(lu.fiche.type_mime, "bin")
    neutral = f'attachment; filename="document.{extension}"'
    if not own:
        return neutral
    real = lu.fiche.nom_original.replace("/", "-").replace("\\", "-").strip(". ") or "document"
    if not real.lower().endswith(f".{extension}") and not (
        extension == "jpg" and real.lower().endswith(".jpeg")
    ):
        real = f"{real}.{extension}"
    return f"{neutral}; filename*=UTF-8''{quote(real, safe='')}"


def poids(octets: int) -> str:
    """«240 Ko», «1,2 Mo»."""
    if octets < 1024 * 1024:
        return f"{max(1, round(octets / 1024))}\u00a0Ko"
    return f"{octets / (1024 * 1024):.1f}".replace(".", ",") + "\u00a0Mo"
