"""What proves a competence: sentences, files, levels by three voices side by side; and whether it would serve elsewhere."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.fichier import list_fichiers
from jalon.access.pieces import get_piece
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.composition import compose
from jalon.actions.ecrit import write_ecrit
from jalon.domain.niveau import NIVEAUX, NIVEAUX_DITS, Voix, ecart
from jalon.web import gate
from jalon.web.composants.typographie import date_courte
from jalon.web.ecrits.lignes import FormulaireLignes
from jalon.web.ecrits.page import lien, montrer_saisie, vers
from jalon.web.ecrits.saisie import LIGNE_MAX, Saisie, en_texte, envoyer, ouvrir, prose, reprend_l_autre
from jalon.web.requete import Requete

SOURCES = {"experience": "Une expérience", "realisation": "Une réalisation", "reponses": "Votre récit"}


class FormulairePreuves(FormulaireLignes):
    colonnes: ClassVar[Any] = {
        "voix": lambda: forms.ChoiceField(
            label="Qui le dit", required=False, choices=[(one.value, one.label) for one in Voix]
        ),
        "niveau": lambda: forms.ChoiceField(
            label="Le niveau",
            required=False,
            choices=[(str(level or ""), words) for level, words in NIVEAUX.items()],
        ),
        "qui": lambda: forms.CharField(
            label="Son nom, ou son lien avec vous",
            help_text="Pour « Quelqu’un d’autre » : « ma cheffe de rayon ».",
            required=False,
            max_length=LIGNE_MAX,
        ),
        "texte": lambda: prose("Ce qui est dit, ou le fait", max_length=2_000),
        "le": lambda: forms.DateField(label="Quand", required=False, widget=forms.DateInput),
    }
    compte = ("niveau", "qui", "texte")

    transferable = forms.BooleanField(label="Elle servirait ailleurs", required=False)
    transfert = prose("Où, et dans quel métier", max_length=2_000)

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Any = None,
        phrases: list[str],
        fichiers: list[tuple[str, str]],
    ) -> None:
        super().__init__(data, initial=initial)
        # One box each: a draft keeps single values only, and a box that it does not hold is unticked.
        self.gardees = [f"garder_{rank}" for rank in range(len(phrases))]
        self.prouves = {f"fichier_{pk}": pk for pk, _ in fichiers}
        for name, label in (
            *zip(self.gardees, phrases, strict=True),
            *zip(self.prouves, (n for _, n in fichiers), strict=True),
        ):
            self.fields[name] = forms.BooleanField(label=label, required=False)

    @property
    def cases_phrases(self) -> list[Any]:
        return [self[name] for name in self.gardees]

    @property
    def cases_fichiers(self) -> list[Any]:
        return [self[name] for name in self.prouves]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for rank in range(self.nombre):
            voice = found.get(f"voix_{rank}")
            told = any(found.get(f"{name}_{rank}") for name in self.compte)
            if told and voice == Voix.AUTRE and not str(found.get(f"qui_{rank}") or "").strip():
                self.add_error(
                    f"qui_{rank}", "Dites qui : un niveau sans personne ne vaut rien pour qui le lit."
                )
            if told and voice == Voix.FAITS and not str(found.get(f"texte_{rank}") or "").strip():
                self.add_error(
                    f"texte_{rank}", "Dites quel est ce fait : un diplôme, un nombre, ce qui s’est passé."
                )
        return found

    def niveaux(self) -> list[dict[str, Any]]:
        return [
            {
                "voix": row["voix"] or "soi",
                "qui": row["qui"] or "",
                "niveau": int(row["niveau"] or 0),
                "texte": row["texte"] or "",
                "le": row["le"].isoformat() if row["le"] else None,
            }
            for row in self.remplies()
        ]


def voix_de(contenu: Any) -> list[dict[str, Any]]:
    """The three voices beside each other, each with what it says: never an average."""
    titles = {Voix.SOI: "Dit par soi", Voix.AUTRE: "Dit par d’autres", Voix.FAITS: "Dit par les faits"}
    return [
        {
            "titre": titles[voice],
            "dits": [
                {
                    "qui": one.qui,
                    "niveau": NIVEAUX_DITS[one.niveau],
                    "texte": one.texte,
                    "le": date_courte(date.fromisoformat(one.le)) if one.le else "",
                }
                for one in contenu.niveaux
                if one.voix == voice
            ],
        }
        for voice in Voix
    ]


def ecart_dit(contenu: Any) -> str:
    """Said when the voices differ: what to talk about."""
    found = ecart([(one.voix, one.niveau) for one in contenu.niveaux])
    if found is None:
        return ""
    low, high = found
    return f"Les voix ne disent pas la même chose : de « {NIVEAUX_DITS[low]} » à « {NIVEAUX_DITS[high]} ». C’est un sujet d’échange."


def _texte(contenu: Any) -> str:
    return en_texte(
        ("", contenu.intitule),
        *(("Une phrase", one.phrase) for one in contenu.phrases),
        *(
            (f"{Voix(one.voix).label} {one.qui}".strip(), f"{NIVEAUX_DITS[one.niveau]}\n{one.texte}".strip())
            for one in contenu.niveaux
        ),
        ("Où elle servirait", contenu.transfert),
    )


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.WRITE_PORTEFEUILLE)
    def preuves(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = get_piece(request.user, bilan, "competence", str(reference), now=request.now)
        deposited = list_fichiers(request.user, bilan, now=request.now)
        sentences = [one.phrase for one in lue.contenu.phrases]
        files = [(str(one.fichier.pk), one.fiche.nom_original) for one in deposited]
        page = f"preuves-{reference}"

        def make(data: Any = None, *, initial: Any = None) -> FormulairePreuves:
            return FormulairePreuves(data, initial=initial, phrases=sentences, fichiers=files)

        if request.method != "POST":
            saisie = ouvrir(request, bilan, page, make, _initial(lue.contenu), lue.revision)
            return montre(request, bilan, saisie, lue, page)
        if reprend_l_autre(request):
            return vers(espace, "portefeuille_preuves", bilan, reference)
        changed = FormulairePreuves.apres_geste(request.POST.dict())
        if changed is not None:
            return montre(request, bilan, Saisie(make(initial=changed)), lue, page)
        refused = envoyer(
            make(request.POST),
            lambda form: garder(request, bilan, lue, form),
            _texte,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused is not None:
            return montre(request, bilan, refused, lue, page)
        messages.success(request, "Ce qui prouve cette compétence est enregistré.")
        return vers(espace, "portefeuille", bilan)

    def garder(request: Requete, bilan: Any, lue: Any, form: FormulairePreuves) -> None:
        told = form.cleaned_data
        kept = [one for one, name in zip(lue.contenu.phrases, form.gardees, strict=True) if told[name]]
        contenu = compose(
            "competence",
            **(
                lue.contenu.to_json()
                | {
                    "phrases": [one.to_json() for one in kept],
                    "fichiers": [pk for name, pk in form.prouves.items() if told[name]],
                    "niveaux": form.niveaux(),
                    "transferable": told["transferable"],
                    "transfert": told["transfert"],
                }
            ),
        )
        write_ecrit(
            bilan=bilan,
            contenu=contenu,
            by=request.user,
            now=request.now,
            reference=lue.piece.reference,
            base_revision=form.base(),
            keep_draft=True,
        )
        drop(request, bilan, lue)

    def montre(request: Requete, bilan: Any, saisie: Any, lue: Any, page: str) -> HttpResponse:
        context = {
            "page": page,
            "competence": lue.contenu,
            "voix": voix_de(lue.contenu) if lue.contenu.niveaux else [],
            "ecart": ecart_dit(lue.contenu),
            "deposer": lien(espace, "fichiers", bilan),
        }
        return montrer_saisie(request, bilan, espace, "metiers/preuves.html", saisie, context)

    return [
        path(
            "<uuid:bilan_id>/portefeuille/competences/<uuid:reference>/preuves/",
            preuves,
            name=f"{espace}_portefeuille_preuves",
        )
    ]


def drop(request: Requete, bilan: Any, lue: Any) -> None:
    """The draft of this page, which is not the one of the competence's own form."""
    drop_brouillon(bilan=bilan, page=f"preuves-{lue.piece.reference}", by=request.user)


def _initial(contenu: Any) -> dict[str, Any]:
    rows = [one.to_json() | {"niveau": str(one.niveau or "")} for one in contenu.niveaux]
    return FormulairePreuves.initial_de(
        rows,
        **{f"garder_{rank}": "on" for rank in range(len(contenu.phrases))},
        **{f"fichier_{pk}": "on" for pk in contenu.fichiers},
        transferable=contenu.transferable,
        transfert=contenu.transfert,
    )
