"""An *enquête métier* on one sheet: questions and people to approach before, notes during, what it changed after; and a reminder."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.pieces import read_pieces
from jalon.access.projet import read_projets
from jalon.actions.enquete import write_enquete
from jalon.domain.enquete import GUIDE, EtatContact, EtatEnquete
from jalon.web import gate
from jalon.web.composants.typographie import date_courte
from jalon.web.ecrits.lignes import FormulaireLignes
from jalon.web.ecrits.page import lien, montrer
from jalon.web.ecrits.saisie import LIGNE_MAX, en_texte, ligne, prose
from jalon.web.metiers import ecrire
from jalon.web.requete import Requete

CHAMPS = ("intitule", "projet", "etat", "but", "questions", "contacts", "rappel_le", "notes", "change")
_CONTACT = ("nom", "fonction", "coordonnees", "acces", "etat")
_CONTACTS = 8
_COURT = 5_000
TONS = {"preparation": "attente", "rendez_vous": "en_cours", "faite": "fait"}


class FormulaireEnquete(FormulaireLignes):
    colonnes: ClassVar[Any] = {
        "question": lambda: forms.CharField(label="La question", required=False, max_length=600),
        "reponse": lambda: prose("La réponse", max_length=_COURT),
    }
    compte = ("question", "reponse")

    intitule = ligne("Le métier ou le milieu à voir de près", "« Fleuriste », « un CFA ».", requis=True)
    projet = forms.ChoiceField(label="Pour quel projet", required=False)
    etat = forms.ChoiceField(
        label="Où elle en est",
        choices=[(one.value, one.label) for one in EtatEnquete],
        initial="preparation",
        widget=forms.RadioSelect,
    )
    but = prose("Ce que vous voulez savoir", "Ce qui vous ferait dire oui, ou non.", max_length=_COURT)
    rappel_le = forms.DateField(
        label="M’écrire ce jour-là",
        help_text="Un courriel qui ne dit pas de quoi il s’agit.",
        required=False,
        widget=forms.DateInput,
    )
    notes = prose("Les notes", "Ce que vous avez vu et entendu, sans trier.")
    change = prose("Ce que cela a changé", "Pour le projet, pour vous.", max_length=_COURT)

    def __init__(self, data: Any = None, *, initial: Any = None, projets: list[tuple[str, str]]) -> None:
        super().__init__(data, initial=initial)
        field: Any = self.fields["projet"]
        field.choices = [("", "Aucun en particulier"), *projets]
        given = data if data is not None else initial or {}
        filled = [
            rank for rank in range(_CONTACTS) if any(given.get(f"contact_{n}_{rank}") for n in _CONTACT[:4])
        ]
        # One empty place after the last person, so that another can be added without a button.
        self.personnes = min(_CONTACTS, (max(filled) + 2) if filled else 1)
        for rank in range(self.personnes):
            self.fields |= _contact_fields(rank)

    @property
    def contacts(self) -> list[dict[str, Any]]:
        return [
            {"numero": rank + 1, "champs": [self[f"contact_{name}_{rank}"] for name in _CONTACT]}
            for rank in range(self.personnes)
        ]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for rank in range(self.nombre):
            if (
                str(found.get(f"reponse_{rank}") or "").strip()
                and not str(found.get(f"question_{rank}") or "").strip()
            ):
                self.add_error(f"question_{rank}", "Écrivez la question à laquelle ceci répond.")
        return found

    def piece(self) -> dict[str, Any]:
        told = self.cleaned_data
        people = [
            {name: told.get(f"contact_{name}_{rank}") or "" for name in _CONTACT}
            for rank in range(self.personnes)
        ]
        return {
            **{name: told[name] for name in ("intitule", "projet", "etat", "but", "notes", "change")},
            "rappel_le": told["rappel_le"].isoformat() if told["rappel_le"] else None,
            "questions": self.remplies(),
            "contacts": [
                one | {"etat": one["etat"] or "a_contacter"}
                for one in people
                if any(one[name].strip() for name in _CONTACT[:4])
            ],
        }


def _contact_fields(rank: int) -> dict[str, forms.Field]:
    return {
        f"contact_nom_{rank}": forms.CharField(label="Qui", required=False, max_length=LIGNE_MAX),
        f"contact_fonction_{rank}": forms.CharField(
            label="Ce qu’elle ou il fait", required=False, max_length=LIGNE_MAX
        ),
        f"contact_coordonnees_{rank}": forms.CharField(
            label="Comment joindre cette personne", required=False, max_length=LIGNE_MAX
        ),
        f"contact_acces_{rank}": prose("Par qui, et comment commencer", max_length=2_000),
        f"contact_etat_{rank}": forms.ChoiceField(
            label="Où en est l’approche",
            required=False,
            choices=[(one.value, one.label) for one in EtatContact],
        ),
    }


def choices_of(request: Requete, bilan: Any) -> list[tuple[str, str]]:
    known = read_pieces(request.user, bilan, ["projet"], now=request.now)
    return [(lue.piece.reference, lue.contenu.intitule) for lue in known]


def _initial(lue: Any) -> dict[str, Any]:
    one = lue.contenu
    people = {
        f"contact_{name}_{rank}": getattr(person, name)
        for rank, person in enumerate(one.contacts)
        for name in _CONTACT
    }
    own = {name: getattr(one, name) for name in CHAMPS if name not in ("questions", "contacts")}
    return FormulaireEnquete.initial_de([q.to_json() for q in one.questions], **own, **people)


def _debut(request: Requete, bilan: Any) -> dict[str, Any]:
    """A new sheet begins with the guide: each question may be changed or taken out."""
    rows = [{"question": question} for question in GUIDE]
    return FormulaireEnquete.initial_de(rows, projet=request.GET.get("projet", ""))


def _texte(one: Any) -> str:
    return en_texte(
        ("", one.intitule),
        ("", EtatEnquete(one.etat).label),
        ("Ce que vous voulez savoir", one.but),
        *((q.question, q.reponse or "Pas encore de réponse.") for q in one.questions),
        *((c.nom, "\n".join(x for x in (c.fonction, c.coordonnees, c.acces) if x)) for c in one.contacts),
        ("Les notes", one.notes),
        ("Ce que cela a changé", one.change),
    )


ENQUETE = ecrire.Sorte(
    nature="enquete",
    champs=CHAMPS,
    make=lambda data=None, request=None, bilan=None, initial=None: FormulaireEnquete(
        data, initial=initial, projets=choices_of(request, bilan)
    ),
    texte=_texte,
    gabarit="projets/enquete.html",
    enregistre="L’enquête est enregistrée.",
    efface="L’enquête est effacée, avec les personnes qui y étaient nommées.",
    effacer="Effacer l’enquête ?",
    droit=Action.WRITE_PROJET,
    nom="enquete",
    chemin="enquetes",
    liste="enquetes",
    write=lambda contenu, *, form, **who: write_enquete(contenu=contenu, **who),
    initial=_initial,
    debut=_debut,
)


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_CONTENU)
    def enquetes(request: Requete, bilan: Any) -> HttpResponse:
        found = read_projets(request.user, bilan, now=request.now)
        context = {
            "enquetes": [vue(lue, found.noms, espace, bilan) for lue in found.enquetes],
            "nouvelle": lien(espace, "enquete_ecrire", bilan),
        }
        return montrer(request, bilan, espace, "projets/enquetes.html", context)

    return [
        path("<uuid:bilan_id>/enquetes/", enquetes, name=f"{espace}_enquetes"),
        *ecrire.urls_of(espace, ENQUETE),
    ]


def vue(lue: Any, noms: dict[str, str], espace: str, bilan: Any) -> dict[str, Any]:
    """One sheet in a list: where it stands, whom to approach, what it changed."""
    one = lue.contenu
    return {
        "contenu": one,
        "etat": EtatEnquete(one.etat).label,
        "ton": TONS[one.etat],
        "projet": noms.get(one.projet, ""),
        "personnes": [(c.nom, EtatContact(c.etat).label) for c in one.contacts if c.nom],
        "sans_reponse": sum(1 for q in one.questions if not q.reponse.strip()),
        "repondues": sum(1 for q in one.questions if q.reponse.strip()),
        "rappel": date_courte(date.fromisoformat(one.rappel_le)) if one.rappel_le else "",
        "ecrire": lien(espace, "enquete", bilan, lue.piece.reference),
    }
