"""A folder brought back: the person uploads it, reads it, shares what she chooses; who accompanies her reads what is shared."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.reprise import get_repris, read_reprises
from jalon.actions.reprise import (
    RECOPIABLES,
    erase_repris,
    recopy_repris,
    resume_dossier,
    share_repris,
    tiroir_of,
)
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.requete import Requete
from jalon.web.televersement import MAX_BYTES


class RepriseForm(forms.Form):
    fichier = forms.FileField(
        label="Le dossier que vous aviez emporté",
        help_text=f"Le fichier .zip, tel quel, {MAX_BYTES // (1024 * 1024)} Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={
            "required": "Choisissez le fichier .zip sur votre appareil.",
            "empty": "Ce fichier est vide. Choisissez-en un autre.",
        },
    )
    phrase = forms.CharField(
        label="La phrase qui l’ouvre, s’il est chiffré",
        required=False,
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


def urls_of(space: str) -> list[URLPattern]:
    mine = space == "beneficiaire"
    home = f"{space}_reprise"

    def page(
        request: Requete, bilan: Any, *, form: RepriseForm | None = None, refused: Refused | None = None
    ) -> HttpResponse:
        reprises = read_reprises(request.user, bilan, now=request.now)
        context = {
            "bilan": bilan,
            "reprises": reprises,
            "recopiables": RECOPIABLES,
            "tiroir": tiroir_of(bilan),
            "form": form or RepriseForm(),
            "obstacles_trouves": refused.obstacles if refused else (),
        }
        return render(request, f"{space}/reprise.html", context, status=422 if refused or form else 200)

    @gate.bilan(Action.RESUME_DOSSIER if mine else Action.READ_CONTENU)
    def reprise(request: Requete, bilan: Any) -> HttpResponse:
        return page(request, bilan)

    @gate.bilan(Action.RESUME_DOSSIER if mine else Action.READ_CONTENU)
    def fichier(request: Requete, bilan: Any, piece_id: Any) -> Any:
        found = get_repris(request.user, bilan, piece_id, now=request.now)
        if found.fichier is None:
            raise Http404
        answer = StreamingHttpResponse(found.octets(), content_type="application/octet-stream")
        name = quote(found.nom_fichier) if mine else "fichier"
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        answer["Content-Length"] = str(found.fichier.octets)
        answer["X-Content-Type-Options"] = "nosniff"
        return answer

    urls = [
        path("<uuid:bilan_id>/reprise/", reprise, name=home),
        path("<uuid:bilan_id>/reprise/<uuid:piece_id>/fichier/", fichier, name=f"{home}_fichier"),
    ]
    return [*urls, *_acts(home, page)] if mine else urls


def _acts(home: str, page: Any) -> list[URLPattern]:
    """What the person alone does with what she brought back."""

    @sensitive_post_parameters("phrase")
    @gate.bilan(Action.RESUME_DOSSIER)
    @require_POST
    def reprendre(request: Requete, bilan: Any) -> HttpResponse:
        form = RepriseForm(request.POST, request.FILES)
        if not request.FILES and int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
            form.fields["fichier"].error_messages["required"] = (  # type: ignore[attr-defined]
                f"Ce fichier est trop lourd\u00a0: {MAX_BYTES // (1024 * 1024)} Mo au plus."
            )
        if not form.is_valid():
            return page(request, bilan, form=form)
        try:
            made = resume_dossier(
                bilan=bilan,
                fichier=form.cleaned_data["fichier"].read(),
                phrase=form.cleaned_data["phrase"],
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            for obstacle in refused.obstacles:
                form.add_error(obstacle.field if obstacle.field in form.fields else None, obstacle.sentence)
            return page(request, bilan, form=form)
        if made.illisibles:
            messages.warning(
                request,
                "Certains contenus n’ont pas pu être repris\u00a0: ils restent lisibles dans le dossier.",
            )
        messages.success(request, "Votre dossier est repris. Vous seul pouvez le lire.")
        return redirect(home, bilan.pk)

    @gate.bilan(Action.RESUME_DOSSIER)
    @require_POST
    def changer(request: Requete, bilan: Any, piece_id: Any, geste: str) -> HttpResponse:
        found = get_repris(request.user, bilan, piece_id, now=request.now)
        try:
            if geste == "recopier":
                recopy_repris(piece=found.piece, by=request.user, now=request.now)
                messages.success(request, "C’est recopié dans votre travail\u00a0: vous pouvez le réécrire.")
            elif geste == "effacer":
                erase_repris(bilan=bilan, piece=found.piece, by=request.user, now=request.now)
                messages.success(request, "C’est effacé d’ici. Votre dossier emporté, lui, ne change pas.")
            else:
                share_repris(piece=found.piece, partage=geste == "partager", by=request.user, now=request.now)
                messages.success(
                    request, "C’est partagé." if geste == "partager" else "Ce n’est plus partagé."
                )
        except Refused as refused:
            return page(request, bilan, refused=refused)
        return redirect(home, bilan.pk)

    @gate.bilan(Action.RESUME_DOSSIER)
    @require_POST
    def tout_effacer(request: Requete, bilan: Any) -> HttpResponse:
        erase_repris(bilan=bilan, by=request.user, now=request.now)
        messages.success(request, "Tout ce qui avait été repris est effacé d’ici.")
        return redirect(home, bilan.pk)

    base = "<uuid:bilan_id>/reprise/"
    return [
        path(f"{base}reprendre/", reprendre, name=f"{home}_reprendre"),
        path(f"{base}effacer/", tout_effacer, name=f"{home}_tout_effacer"),
        *(
            path(f"{base}<uuid:piece_id>/{geste}/", changer, {"geste": geste}, name=f"{home}_{geste}")
            for geste in ("partager", "garder", "recopier", "effacer")
        ),
    ]
