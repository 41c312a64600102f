"""The form that settles the funding: only the fields that the route has, and what they say, even half filled."""

from decimal import Decimal
from typing import Any

from django import forms

from jalon.domain.cpf import Exemption, Financeur, Payeur
from jalon.domain.engagement import CPF, Precedent
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.reglage import PAYEUR_ATTENDU, Cadre, Reglage, payeurs_possibles
from jalon.domain.repartition import Prise
from jalon.domain.retractation import Lieu
from jalon.web.organisme.saisie import Montant, choix, ligne, oui

PRISES = 2
_EXEMPTIONS = (Exemption.DEMANDEUR_EMPLOI, Exemption.POINTS_C2P, Exemption.ABONDEMENT_ATMP)
_PRECEDENTS = (
    (Precedent.AUCUN, "Non"),
    (Precedent.OUI, "Oui"),
    (Precedent.INCONNU, "La personne ne sait pas"),
)


def jour(label: str, *, aide: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=aide,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Écrivez une date, par exemple 2026-03-03."},
    )


def entier(
    label: str, low: int, high: int, *, aide: str = "", initial: int | None = None
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=aide,
        required=False,
        min_value=low,
        max_value=high,
        initial=initial,
        error_messages={
            "invalid": "Écrivez un nombre entier.",
            "min_value": f"Pas moins de {low}.",
            "max_value": f"Pas plus de {high}.",
        },
    )


class ReglerForm(forms.Form):
    """The fields are made for one route: what another would ask is not there at all."""

    def __init__(self, cadre: Cadre, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre
        add = self.fields.__setitem__
        price = Montant(label="Prix convenu", help_text="Toutes taxes comprises, pour tout l’accompagnement.")
        price.required = True
        price.error_messages["required"] = (
            "Donnez le prix convenu : sans lui, ni devis, ni convention, ni contrat."
        )
        add("prix", price)
        add("debut_prevu_le", jour("Début prévu"))
        add("fin_prevue_le", jour("Fin prévue"))
        if cadre.voie in WITH_EMPLOYER:
            add(
                "heures_sur_temps",
                entier(
                    "Sur le temps de travail", 0, 24, aide="Ce qui se passe pendant ses heures de travail."
                ),
            )
        if cadre.voie in CPF:
            self._add_account(add)
        if cadre.voie == Financement.PERSONNEL:
            self._add_contract(add)
        for rank in range(PRISES if payeurs_possibles(cadre.voie) else 0):
            self._add_payer(add, rank)

    def _add_account(self, add: Any) -> None:
        payers = [(Payeur.OPCO.value, Payeur.OPCO.label)]
        if self.cadre.voie in WITH_EMPLOYER:
            payers.insert(0, (Payeur.EMPLOYEUR.value, Payeur.EMPLOYEUR.label))
        add(
            "precedent",
            choix(
                "Un bilan a-t-il déjà été financé pour elle ?",
                [(p.value, label) for p, label in _PRECEDENTS],
                aide="Par le CPF, un OPCO, un fonds, France Travail, une Région, l’État, l’Agefiph ou Transitions Pro.",
                manque="Demandez-le à la personne : un bilan déjà financé peut fermer le compte pour un temps.",
                radio=True,
            ),
        )
        add("precedent_le", jour("Si oui, financé le"))
        add(
            "precedent_financeur",
            choix(
                "Et payé par", [("", "Choisissez"), *((f.value, f.label) for f in Financeur)], requis=False
            ),
        )
        add(
            "droits",
            Montant(
                label="Droits lus sur son compte",
                help_text="Elle seule les voit. Vide : on les suppose suffisants.",
            ),
        )
        add(
            "dotation",
            Montant(
                label="Dotations déjà versées sur son compte", help_text="Elles s’utilisent avant les droits."
            ),
        )
        add(
            "exemption",
            choix(
                "Dispense de participation",
                [("", "Aucune"), *((e.value, e.label) for e in _EXEMPTIONS)],
                requis=False,
            ),
        )
        add(
            "participation_payeur",
            choix("Qui paie la participation ?", [("", "La personne"), *payers], requis=False),
        )

    def _add_contract(self, add: Any) -> None:
        add(
            "lieu_conclusion",
            choix(
                "Où le contrat sera-t-il signé ?",
                [(lieu.value, lieu.label) for lieu in Lieu],
                aide="À distance ou hors du cabinet, elle a plus de temps pour renoncer.",
                radio=True,
                requis=False,
            ),
        )
        add(
            "premier_versement",
            Montant(label="Premier versement", help_text="Vide : le plus que la loi permet."),
        )
        add("nombre_versements", entier("Puis, en combien de versements ?", 1, 24, initial=3))

    def _add_payer(self, add: Any, rank: int) -> None:
        start = f"prise-{rank}-"
        options = [
            ("", "Personne d’autre"),
            *((f.value, f.label) for f in payeurs_possibles(self.cadre.voie)),
        ]
        add(f"{start}payeur", choix("Financeur" if rank == 0 else "Second financeur", options, requis=False))
        add(f"{start}montant", Montant(label="Montant"))
        add(f"{start}nom", ligne("Nom", 200, aide="L’organisme précis, s’il a un nom."))
        add(f"{start}reference", ligne("Numéro de l’accord", 64))
        add(f"{start}accord_le", jour("Accord reçu le"))
        if self.cadre.voie in WITH_EMPLOYER and self.cadre.voie not in CPF:
            add(f"{start}subrogation", oui("L’OPCO paie directement le cabinet (subrogation)"))

    def clean_nombre_versements(self) -> int:
        return self.cleaned_data.get("nombre_versements") or 3

    @property
    def payeurs(self) -> list[dict[str, Any]]:
        """The fields of each outside payer, for the page: open where the route wants one, or where one was typed."""
        names = ("payeur", "montant", "nom", "reference", "accord_le", "subrogation")
        titles = (
            ("Abondement", "Second abondement")
            if self.cadre.voie in CPF
            else ("Prise en charge", "Seconde prise en charge")
        )
        found = []
        for rank, titre in enumerate(titles):
            fields = [self[f"prise-{rank}-{name}"] for name in names if f"prise-{rank}-{name}" in self.fields]
            if fields:
                wanted = rank == 0 and self.cadre.voie in PAYEUR_ATTENDU
                found.append({"titre": titre, "champs": fields, "ouvert": wanted or bool(fields[0].value())})
        return found

    def said(self) -> Reglage:
        """From whatever could be read: a field in error says nothing."""
        self.is_valid()
        given = self.cleaned_data
        hours = given.get("heures_sur_temps")
        return Reglage(
            prix=given.get("prix"),
            debut_prevu_le=given.get("debut_prevu_le"),
            fin_prevue_le=given.get("fin_prevue_le"),
            minutes_sur_temps=None if hours is None else hours * 60,
            precedent=_one(Precedent, given.get("precedent")),
            precedent_le=given.get("precedent_le"),
            precedent_financeur=_one(Financeur, given.get("precedent_financeur")),
            droits=given.get("droits"),
            dotation=given.get("dotation") or Decimal("0.00"),
            exemption=_one(Exemption, given.get("exemption")),
            participation_payeur=_one(Payeur, given.get("participation_payeur")),
            prises=tuple(self._prises(given)),
            lieu_conclusion=Lieu(given.get("lieu_conclusion") or Lieu.DISTANCE),
            premier_versement=given.get("premier_versement"),
            nombre_versements=given.get("nombre_versements") or 3,
        )

    def _prises(self, given: dict[str, Any]) -> list[Prise]:
        found = []
        for rank in range(PRISES):
            start = f"prise-{rank}-"
            if not given.get(f"{start}payeur") or not given.get(f"{start}montant"):
                continue
            found.append(
                Prise(
                    Financeur(given[f"{start}payeur"]),
                    given[f"{start}montant"],
                    nom=given.get(f"{start}nom") or "",
                    reference=given.get(f"{start}reference") or "",
                    accord_le=given.get(f"{start}accord_le"),
                    # Unticked leaves it to the rule of the day.
                    subrogation=given.get(f"{start}subrogation") or None,
                )
            )
        return found


def _one(kind: Any, word: Any) -> Any:
    return kind(word) if word else None


def initial_of(said: Reglage | None, prix: Decimal | None) -> dict[str, Any]:
    """The fields as they were typed, or the price of the parcours for a first time."""
    if said is None:
        return {"prix": prix, "lieu_conclusion": Lieu.DISTANCE.value, "nombre_versements": 3}
    found: dict[str, Any] = {
        "prix": said.prix,
        "debut_prevu_le": said.debut_prevu_le,
        "fin_prevue_le": said.fin_prevue_le,
        "heures_sur_temps": None if said.minutes_sur_temps is None else said.minutes_sur_temps // 60,
        "precedent": said.precedent.value if said.precedent else "",
        "precedent_le": said.precedent_le,
        "precedent_financeur": said.precedent_financeur.value if said.precedent_financeur else "",
        "droits": said.droits,
        "dotation": said.dotation or None,
        "exemption": said.exemption.value if said.exemption else "",
        "participation_payeur": said.participation_payeur.value if said.participation_payeur else "",
        "lieu_conclusion": said.lieu_conclusion.value,
        "premier_versement": said.premier_versement,
        "nombre_versements": said.nombre_versements,
    }
    for rank, one in enumerate(said.prises[:PRISES]):
        found |= {
            f"prise-{rank}-payeur": one.payeur.value,
            f"prise-{rank}-montant": one.montant,
            f"prise-{rank}-nom": one.nom,
            f"prise-{rank}-reference": one.reference,
            f"prise-{rank}-accord_le": one.accord_le,
            f"prise-{rank}-subrogation": bool(one.subrogation),
        }
    return found
