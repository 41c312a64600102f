"""The forms of work between séances: what is asked, and what the person makes of it, step by step."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from jalon.domain.tache import EFFORTS
from jalon.web.ecrits.lignes import FormulaireLignes
from jalon.web.ecrits.saisie import Formulaire, en_texte, ligne, prose
from jalon.web.horaire import MINUTES_DE_TRAVAIL


class FormulaireTache(FormulaireLignes):
    exercice = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    titre = ligne("Ce qu’il y a à faire, en quelques mots", requis=True)
    consigne = prose("La consigne", "Ce qui est attendu, et pourquoi. Quelques lignes suffisent.")
    minutes = forms.TypedChoiceField(
        label="Temps à y passer, à peu près",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Sans indication"), *MINUTES_DE_TRAVAIL],
        help_text="Ce temps n’est jamais compté comme un entretien.",
    )
    pour_le = forms.DateField(label="Pour le", required=False)
    colonnes: ClassVar[Any] = {
        "lien": lambda: ligne("Ce que c’est"),
        "adresse": lambda: forms.URLField(
            label="Son adresse",
            required=False,
            assume_scheme="https",
            max_length=500,
            error_messages={"invalid": "Cette adresse n’est pas complète : elle commence par https://."},
        ),
    }
    compte = ("lien", "adresse")

    def liens(self) -> list[dict[str, str]]:
        return [
            {"titre": row["lien"] or row["adresse"], "adresse": row["adresse"] or ""}
            for row in self.remplies()
        ]


def donnees(form: FormulaireTache, exercice: Any) -> dict[str, Any]:
    """What `compose("tache", …)` takes."""
    said = form.cleaned_data
    return {
        "titre": said["titre"],
        "consigne": said["consigne"],
        "liens": form.liens(),
        "exercice": exercice,
    }


def copie_de(exercice: Any) -> dict[str, Any]:
    """The exercise of the library as it is today, to be kept with the work."""
    return {
        "code": exercice.code,
        "version": exercice.version,
        "titre": exercice.titre,
        "but": exercice.but,
        "etapes": [
            {"code": e.code, "texte": e.texte, "reponse": str(e.reponse), "reperes": list(e.reperes)}
            for e in exercice.etapes
        ],
        "source": exercice.source,
        "licence": exercice.licence,
    }


def texte_tache(contenu: Any) -> str:
    return en_texte(
        ("", contenu.titre),
        ("", contenu.consigne),
        *((lien.titre, lien.adresse) for lien in contenu.liens),
    )


def champs_de(exercice: Any) -> Iterable[tuple[str, str, forms.Field]]:
    """Name, key of the answer, and field of everything that the steps ask."""
    for rang, etape in enumerate(exercice.etapes if exercice else (), 1):
        if etape.reponse == "texte":
            yield f"r_{etape.code}", etape.code, prose(f"Votre réponse à l’étape {rang}")
        elif etape.reponse == "tableau":
            for i, repere in enumerate(etape.reperes):
                yield f"r_{etape.code}_{i}", f"{etape.code}.{i}", prose(repere)


class FormulaireRendu(Formulaire):
    texte = prose(
        "Ce que vous en faites",
        "Ce que vous voulez montrer ou garder. Rien n’est lu avant que vous le rendiez.",
    )
    effort = forms.TypedChoiceField(
        label="Ce travail vous a semblé",
        required=False,
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]
        choices=EFFORTS,
        widget=forms.RadioSelect,
    )
    note = prose(
        "Une remarque",
        "Ce qui a bloqué, ce qui vous a plu, une question pour la prochaine séance.",
        max_length=5_000,
    )

    def __init__(self, data: Any = None, *, initial: Any = None, exercice: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial=initial, **kwargs)
        self.cles: dict[str, str] = {}
        for name, key, field in champs_de(exercice):
            self.fields[name] = field
            self.cles[name] = key
        if exercice:
            self.fields["texte"].label = "Autre chose à montrer"
            self.fields["texte"].help_text = ""
        self.exercice = exercice

    def etapes(self) -> list[dict[str, Any]]:
        """The steps in order, each with its bound fields, for the template."""
        rows = []
        for rang, etape in enumerate(self.exercice.etapes if self.exercice else (), 1):
            fields = [
                self[n] for n in self.cles if n == f"r_{etape.code}" or n.startswith(f"r_{etape.code}_")
            ]
            rows.append({"rang": rang, "texte": etape.texte, "champs": fields})
        return rows

    def reponses(self) -> dict[str, str]:
        return {key: self.cleaned_data[name] for name, key in self.cles.items() if self.cleaned_data[name]}

    def rendu(self, fichiers: Iterable[str]) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "texte": said["texte"],
            "reponses": self.reponses(),
            "effort": said["effort"],
            "note": said["note"],
            "fichiers": list(fichiers),
        }


def initial_rendu(contenu: Any, exercice: Any) -> dict[str, Any]:
    if contenu is None:
        return {}
    found = {"texte": contenu.texte, "effort": contenu.effort or None, "note": contenu.note}
    for name, key, _ in champs_de(exercice):
        found[name] = contenu.reponses.get(key, "")
    return found


def etapes_lues(exercice: Any, rendu: Any) -> list[dict[str, Any]]:
    """The steps as they are read, with what was answered."""
    answers = rendu.reponses if rendu else {}
    rows = []
    for rang, etape in enumerate(exercice.etapes if exercice else (), 1):
        lines = [("", answers.get(etape.code, ""))] if etape.reponse == "texte" else []
        lines += [(r, answers.get(f"{etape.code}.{i}", "")) for i, r in enumerate(etape.reperes)]
        rows.append(
            {"rang": rang, "texte": etape.texte, "lignes": [line for line in lines if line[1].strip()]}
        )
    return rows


def effort_lu(effort: int) -> str:
    return dict(EFFORTS).get(effort, "")


def texte_rendu(contenu: Any) -> str:
    return en_texte(
        *(("", text) for text in contenu.reponses.values()), ("", contenu.texte), ("", contenu.note)
    )
