"""Sign a document, in each space the same way: read it, say by which means, sign; or decline without a reason."""

import json
from collections.abc import Callable
from typing import Any

from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.convention import convention_vue
from jalon.access.signature import document_bytes, get_signataire, has_key, list_mine
from jalon.actions.porte_signature import Geste, address_of
from jalon.actions.signature import refuse_document, send_signing_code, sign_document
from jalon.domain.jours import DAY, local_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.signature import HAUTEUR, LARGEUR, EtatCircuit, Moyen, masked
from jalon.web import gate
from jalon.web.papier import download
from jalon.web.requete import Requete

Gate = Callable[[Action], Callable[[gate.View], gate.View]]


def make_urls(
    espace: str,
    *,
    prefix: str = "<uuid:bilan_id>/a-signer/",
    action: Action = Action.SIGN_PAPIER,
    gate_of: Gate = gate.bilan,
    extra: Callable[[Requete, Any], dict[str, Any]] = lambda request, bilan: {},
) -> list[URLPattern]:
    """`espace` begins the names of the pages and is the folder of their templates."""

    def show(
        request: Requete, bilan: Any, signataire: Any, *, obstacles: Any = (), status: int = 200
    ) -> HttpResponse:
        context = {
            **extra(request, bilan),
            **signing_context(request, bilan, signataire, espace),
            "obstacles_trouves": obstacles,
        }
        return render(request, f"{espace}/signer.html", context, status=status)

    @gate_of(action)
    def liste(request: Requete, bilan: Any) -> HttpResponse:
        rows = [_row(one, request.user, bilan) for one in list_mine(request.user, bilan)]
        context = {
            **extra(request, bilan),
            "bilan": bilan,
            "espace": espace,
            "a_signer": [row for row in rows if row["mon_tour"]],
            "autres": [row for row in rows if not row["mon_tour"]],
        }
        return render(request, f"{espace}/a_signer.html", context)

    @gate_of(action)
    def signer(request: Requete, bilan: Any, signataire_id: Any) -> HttpResponse:
        signataire = get_signataire(request.user, bilan, signataire_id)
        if request.method != "POST":
            return show(request, bilan, signataire)
        try:
            circuit = sign_document(
                signataire=signataire,
                geste=_gesture(request),
                empreinte_vue=request.POST.get("empreinte", ""),
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            return show(request, bilan, signataire, obstacles=refused.obstacles, status=422)
        done = circuit.etat != EtatCircuit.OUVERT
        messages.success(
            request,
            "Le document est signé par tous et scellé." if done else "Votre signature est enregistrée.",
        )
        return redirect(f"{espace}_a_signer", bilan.pk)

    @gate_of(action)
    @require_POST
    def code(request: Requete, bilan: Any, signataire_id: Any) -> HttpResponse:
        signataire = get_signataire(request.user, bilan, signataire_id)
        try:
            send_signing_code(signataire=signataire, by=request.user, now=request.now)
        except Refused as refused:
            return show(request, bilan, signataire, obstacles=refused.obstacles, status=422)
        return redirect(f"{reverse(f'{espace}_signer', args=[bilan.pk, signataire.pk])}?code=envoye")

    @gate_of(action)
    @require_POST
    def refuser(request: Requete, bilan: Any, signataire_id: Any) -> HttpResponse:
        signataire = get_signataire(request.user, bilan, signataire_id)
        try:
            refuse_document(signataire=signataire, by=request.user, now=request.now)
        except Refused as refused:
            return show(request, bilan, signataire, obstacles=refused.obstacles, status=422)
        messages.info(request, "Vous n’avez pas signé ce document. Aucune raison n’est demandée ni gardée.")
        return redirect(f"{espace}_a_signer", bilan.pk)

    @gate_of(action)
    def document(request: Requete, bilan: Any, signataire_id: Any) -> HttpResponse:
        signataire = get_signataire(request.user, bilan, signataire_id)
        return download(document_bytes(signataire), signataire.circuit.document.numero)

    one = f"{prefix}<uuid:signataire_id>/"
    return [
        path(prefix, liste, name=f"{espace}_a_signer"),
        path(one, signer, name=f"{espace}_signer"),
        path(f"{one}code/", code, name=f"{espace}_signer_code"),
        path(f"{one}refuser/", refuser, name=f"{espace}_signer_refuser"),
        path(f"{one}document/", document, name=f"{espace}_signer_document"),
    ]


def _gesture(request: Requete) -> Geste:
    moyen = request.POST.get("moyen", "")
    if not request.POST.get("lu"):
        raise Refused(
            Obstacle(
                "Cochez d’abord que vous avez lu le document : on ne signe que ce qu’on a lu.", code="lu"
            )
        )
    if moyen == Moyen.CLE:
        return Geste(Moyen.CLE, cle=_verified_key(request))
    if moyen in (Moyen.CODE, Moyen.DESSIN):
        return Geste(Moyen(moyen), code=request.POST.get("code", ""), trace=request.POST.get("trace", ""))
    raise Refused(Obstacle("Choisissez comment vous signez.", code="moyen"))


def _verified_key(request: Requete) -> int | None:
    """The library verifies the answer on the challenge of this session, which serves once."""
    try:
        credential = json.loads(request.POST.get("credential", ""))
        auth.parse_authentication_response(credential)
        return int(auth.complete_authentication(request.user, credential).pk)
    except (ValueError, ValidationError, TypeError, KeyError):
        return None


def signing_context(request: Requete, bilan: Any, signataire: Any, espace: str) -> dict[str, Any]:
    circuit = signataire.circuit
    adresse = address_of(signataire)
    with_key = request.user.is_authenticated and has_key(request.user)
    mine = next(
        row
        for seen in list_mine(request.user, bilan)
        if seen.circuit.pk == circuit.pk
        for row in [_row(seen, request.user, bilan)]
    )
    convention = getattr(circuit, "convention", None)
    vue = convention_vue(convention, bilan, request.now) if convention else None
    return {
        "bilan": bilan,
        "espace": espace,
        "signataire": signataire,
        "circuit": circuit,
        "ligne": mine,
        "adresse": masked(adresse) if adresse else "",
        "code_envoye": request.GET.get("code") == "envoye" or "code" in request.POST,
        "cle": json.dumps(auth.begin_authentication(request.user)) if with_key else "",
        "horloge": vue.horloge if vue else None,
        # 24:00 of a day is told as that day.
        "dernier_jour": local_day(circuit.expire_le - DAY / 2, zone(bilan.fuseau)),
        "largeur": LARGEUR,
        "hauteur": HAUTEUR,
    }


def _row(seen: Any, personne: Any, bilan: Any) -> dict[str, Any]:
    mine = next(one for one in seen.signataires if one.personne_id == personne.pk)
    return {
        "vu": seen,
        "mien": mine,
        "mon_tour": seen.ouvert and str(mine.pk) in seen.attend and mine.demande_le is not None,
        "bilan": bilan,
    }
