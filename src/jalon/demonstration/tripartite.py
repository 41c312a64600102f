"""Three dossiers before their start, to watch the clocks with an employer: a convention waiting, one lapsed by silence, one signed
on screens by three people; and a request for absence that waits. Every step is an act of whoever does it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from jalon.actions import absence, convention, employeur, engagement, ouverture
from jalon.actions.invitation import accept_invitation
from jalon.actions.papiers import issue_papier
from jalon.actions.porte_signature import Geste
from jalon.actions.signature import sign_document
from jalon.demonstration.cabinet import Maison, invitation_of
from jalon.demonstration.deroule import Pas
from jalon.demonstration.semaine import FUSEAU
from jalon.domain.engagement import Precedent
from jalon.domain.financement import Financement
from jalon.domain.jours import local_day
from jalon.domain.motif import Motif
from jalon.domain.reglage import Reglage, reglage_obstacles
from jalon.domain.signature import Moyen
from jalon.records.models import Bilan

# A flourish of the pen, the same for everybody: nobody here has a hand.
_TRACE = "M40 120" + "".join(f"L{46 + 9 * i} {120 - (i * 31) % 70}" for i in range(34))
_HEURE = timedelta(hours=1)


class Dossier:
    """One of them: who, which route, and the days before today at which things were done."""

    def __init__(
        self, maison: Maison, prenom: str, nom: str, entreprise: tuple[str, str], contact: tuple[str, str, str], *,
        voie: Financement = Financement.PLAN, consultant: int = 1,
    ) -> None:  # fmt: skip
        self.maison, self.prenom, self.nom = maison, prenom, nom
        self.entreprise, self.contact, self.voie = entreprise, contact, voie
        self.consultant = maison.consultants[consultant]
        self._bilan: Bilan | None = None
        self._jeton = ""

    @property
    def bilan(self) -> Bilan:
        assert self._bilan is not None
        return self._bilan

    def ouvrir(self, now: datetime) -> None:
        self._bilan = ouverture.open_bilan(
            organisme=self.maison.organisme,
            parcours=self.maison.parcours["dix_semaines"],
            consultant=self.consultant,
            financement=self.voie,
            prenom=self.prenom,
            nom=self.nom,
            email=f"{self.prenom}.{self.nom}@exemple.fr".lower().replace("é", "e"),
            telephone="",
            employeur_nom=self.entreprise[0],
            employeur_siren=self.entreprise[1],
            lieu=self.maison.lieux[0],
            by=self.maison.assistante,
            now=now,
        )
        self._jeton = invitation_of(self.bilan.beneficiaire)
        day = local_day(now, FUSEAU)
        said = Reglage(
            prix=Decimal("1850"),
            debut_prevu_le=day + timedelta(days=80),
            fin_prevue_le=day + timedelta(days=150),
            precedent=Precedent.AUCUN if self.voie == Financement.CPF_SUR_TEMPS else None,
            droits=Decimal("1900") if self.voie == Financement.CPF_SUR_TEMPS else None,
        )
        warned = reglage_obstacles(said, engagement.cadre_of(self.bilan, None), day)
        engagement.settle_engagement(
            bilan=self.bilan,
            reglage=said,
            by=self.maison.assistante,
            now=now,
            reasons={one.code: Motif.CHOIX for one in warned if not one.refuses},
        )

    def entrer(self, now: datetime) -> None:
        accept_invitation(token=self._jeton, now=now)

    def lier(self, now: datetime) -> None:
        prenom, nom, fonction = self.contact
        employeur.open_employeur(
            bilan=self.bilan,
            prenom=prenom,
            nom=nom,
            fonction=fonction,
            courriel=f"{prenom}.{nom}@employeur.exemple.fr".lower(),
            by=self.maison.assistante,
            now=now,
        )

    def etablir(self, now: datetime) -> None:
        issue_papier(bilan=self.bilan, genre="convention", by=self.maison.assistante, now=now)

    def transmettre(self, now: datetime) -> None:
        convention.transmit_convention(
            convention=self.bilan.conventions.get(),
            by=self.bilan.acces_employeur.get().personne,
            now=now,
        )

    def signer(self, qualite: str) -> Callable[[datetime], object]:
        def acte(now: datetime) -> None:
            circuit = self.bilan.circuits.get()
            one = circuit.signataires.select_related("circuit__bilan", "circuit__document").get(
                qualite=qualite
            )
            sign_document(
                signataire=one,
                geste=Geste(Moyen.DESSIN, trace=_TRACE),
                empreinte_vue=circuit.empreinte,
                by=one.personne,
                now=now,
            )

        return acte

    def demander(self, now: datetime) -> None:
        row = self.bilan.engagement
        assert row.debut_prevu_le
        assert row.fin_prevue_le
        asked = absence.ask_absence(
            bilan=self.bilan,
            debut=row.debut_prevu_le,
            fin=row.fin_prevue_le,
            by=self.bilan.beneficiaire,
            now=now,
        )
        absence.receive_on_paper(
            absence=asked, recue_le=local_day(now, FUSEAU), by=self.bilan.beneficiaire, now=now + _HEURE
        )

    def debut(self, opened: datetime) -> list[Pas]:
        return [
            Pas(opened, "ouverture", self.ouvrir),
            Pas(opened + 2 * _HEURE, "compte", self.entrer),
            Pas(opened + 3 * _HEURE, "lien", self.lier),
        ]


def pas(maison: Maison, now: datetime) -> list[Pas]:
    """Counted back from today, so that the waiting ones wait whatever the day of the visit."""

    def ago(days: int) -> datetime:
        return now - timedelta(days=days)

    waits = Dossier(
        maison, "Ronan", "Kervella", ("Conserverie du Layon", "000491068"), ("Denis", "Larzul", "directeur du site"),
    )  # fmt: skip
    silent = Dossier(
        maison, "Fanny", "Brossard", ("Clinique des Ponts", "000491076"), ("Odile", "Renou", "directrice des soins"),
        consultant=2,
    )  # fmt: skip
    signed = Dossier(
        maison, "Mathilde", "Oger", ("Pépinières Oudin", "000491084"), ("Paul", "Oudin", "gérant"), consultant=2,
    )  # fmt: skip
    away = Dossier(
        maison, "Karim", "Sellami", ("Transports Mauges", "000491092"), ("Lise", "Bodin", "responsable du personnel"),
        voie=Financement.CPF_SUR_TEMPS,
    )  # fmt: skip
    return [
        *waits.debut(ago(6)),
        Pas(ago(5), "projet", waits.etablir),
        Pas(ago(3), "transmise", waits.transmettre),
        Pas(ago(2), "signe_employeur", waits.signer("employeur")),
        *silent.debut(ago(18)),
        Pas(ago(17), "projet", silent.etablir),
        Pas(ago(15), "transmise", silent.transmettre),
        *signed.debut(ago(13)),
        Pas(ago(12), "projet", signed.etablir),
        Pas(ago(11), "transmise", signed.transmettre),
        Pas(ago(9), "signe_personne", signed.signer("beneficiaire")),
        Pas(ago(8), "signe_employeur", signed.signer("employeur")),
        Pas(ago(7), "signe_cabinet", signed.signer("prestataire")),
        *away.debut(ago(12)),
        Pas(ago(10), "absence", away.demander),
    ]
