"""Who pays in one life: the funding settled, then what its route asks, each step by whoever does it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from jalon.actions import contrat, convention, cpf, employeur, engagement
from jalon.actions.papiers import issue_papier
from jalon.actions.signature_papier import enter_paper
from jalon.demonstration.cabinet import Maison
from jalon.demonstration.histoire import Histoire
from jalon.domain.contrat_individuel import largest_first_payment
from jalon.domain.cpf import Financeur
from jalon.domain.engagement import CONVENTION, CPF, MotifSortie, Precedent
from jalon.domain.financement import Financement
from jalon.domain.jours import local_day, zone
from jalon.domain.motif import Motif
from jalon.domain.parcours import Phase
from jalon.domain.reglage import Reglage, reglage_obstacles
from jalon.domain.repartition import Prise
from jalon.domain.retractation import Lieu
from jalon.law import law_on
from jalon.records.models import Bilan, Personne

_PAYEURS = {
    Financement.FRANCE_TRAVAIL: (Financeur.FRANCE_TRAVAIL, "Agence d’Angers Balzac"),
    Financement.AGEFIPH: (Financeur.AGEFIPH, "Délégation régionale"),
    Financement.OPCO: (Financeur.OPCO, "OPCO d’exemple"),
}
_APRES = timedelta(minutes=15)
# As the person read it on her account; one in three has less than the ceiling.
_DROITS = (Decimal("2140.00"), Decimal("1730.00"), Decimal("1420.00"))


class ActesEngagement:
    h: Histoire
    maison: Maison
    consultant: Personne
    calendrier: list[tuple[Phase, datetime, datetime]]
    terme: date
    if TYPE_CHECKING:

        @property
        def bilan(self) -> Bilan: ...

    @property
    def voie(self) -> Financement:
        return Financement(self.h.financement)

    def regler(self, now: datetime) -> None:
        """What is only a warning passes as it would at a desk: told to the person, and chosen by her."""
        bilan = self.bilan
        prix = bilan.parcours.prix or Decimal("1500")
        said = Reglage(
            prix=prix,
            debut_prevu_le=_day(bilan, self.calendrier[0][1]),
            fin_prevue_le=max(self.terme, _day(bilan, self.calendrier[-1][2])),
            precedent=Precedent.AUCUN if self.voie in CPF else None,
            droits=_DROITS[len(self.h.nom) % 3] if self.voie in CPF else None,
            prises=tuple(self._prises(prix)),
            lieu_conclusion=self._lieu,
            premier_versement=self._first(prix, now),
            nombre_versements=2,
        )
        warned = reglage_obstacles(said, engagement.cadre_of(bilan, None), _day(bilan, now))
        reasons = {one.code: Motif.CHOIX for one in warned if not one.refuses}
        engagement.settle_engagement(
            bilan=bilan, reglage=said, by=self.maison.assistante, now=now, reasons=reasons
        )

    @property
    def _lieu(self) -> Lieu:
        return Lieu.ETABLISSEMENT if self.h.modalite == "presentiel" else Lieu.DISTANCE

    def _prises(self, prix: Decimal) -> list[Prise]:
        if self.voie not in _PAYEURS:
            return []
        payeur, nom = _PAYEURS[self.voie]
        return [Prise(payeur, prix, nom=nom)]

    def _first(self, prix: Decimal, now: datetime) -> Decimal | None:
        if self.voie != Financement.PERSONNEL:
            return None
        return largest_first_payment(prix, law_on(now.date()))

    def proposer_commande(self, now: datetime) -> None:
        if self.voie not in CPF:
            return
        day = _day(self.bilan, now)
        cpf.note_demande(
            bilan=self.bilan,
            le=day,
            dossier=f"BC-{crc(self.h.nom)}",
            by=self.maison.assistante,
            now=now,
        )
        cpf.note_proposition(bilan=self.bilan, le=day, by=self.maison.assistante, now=now)

    def engager(self, now: datetime) -> None:
        """The day after: the order confirmed, the contract signed on paper in the cabinet, or the funder's letter received."""
        bilan, by = self.bilan, self.maison.assistante
        day = _day(bilan, now)
        if self.voie in CPF:
            cpf.note_acceptation(bilan=bilan, le=day, by=by, now=now)
        elif self.voie in CONVENTION:
            self._etablir_convention(now)
        elif self.voie == Financement.PERSONNEL:
            contrat.conclude_contrat(
                bilan=bilan, le=now - timedelta(minutes=20), lieu=self._lieu, by=by, now=now
            )
        else:
            self._noter_accords(day, now)

    def _noter_accords(self, day: date, now: datetime) -> None:
        for rank, part in enumerate(self.bilan.engagement.parts.exclude(payeur="personne")):
            engagement.note_accord(
                bilan=self.bilan,
                part=part,
                accord_le=day,
                reference=f"PC-{self.bilan.numero}-{rank}",
                by=self.maison.assistante,
                now=now,
            )

    def _etablir_convention(self, now: datetime) -> None:
        """The employer prefers paper: it hands the project over to its employee the same day."""
        bilan, by = self.bilan, self.maison.assistante
        employeur.open_employeur(
            bilan=bilan, prenom="Camille", nom="Aubert", fonction="Responsable du personnel", courriel="",
            by=by, now=now,
        )  # fmt: skip
        issue_papier(bilan=bilan, genre="convention", by=by, now=now)
        convention.transmit_convention(
            convention=bilan.conventions.get(), by=by, now=now + _APRES, transmise_le=now + _APRES
        )

    def signer_convention(self, now: datetime) -> None:
        """Three signatures on one page, scanned by the cabinet, within the ten days."""
        if self.voie not in CONVENTION:
            return
        bilan, by = self.bilan, self.maison.assistante
        circuit = bilan.circuits.select_related("document").get(document__genre="convention")
        enter_paper(
            circuit=circuit,
            signataires=[str(one.pk) for one in circuit.signataires.all()],
            signe_le=_day(bilan, now),
            scan=bytes(circuit.document.octets or b""),
            nom="convention-signee.pdf",
            by=by,
            now=now,
        )
        if self.voie == Financement.OPCO:
            self._noter_accords(_day(bilan, now), now)

    def encaisser(self, now: datetime) -> None:
        if self.voie == Financement.PERSONNEL:
            first = self.bilan.engagement.versements.get(rang=0)
            contrat.receive_versement(
                versement=first, le=_day(self.bilan, now), by=self.maison.assistante, now=now
            )

    def declarer_entree(self, now: datetime) -> None:
        if self.voie in CPF:
            day = _day(self.bilan, now)
            cpf.declare_entree(bilan=self.bilan, le=day, by=self.maison.assistante, now=now)

    def declarer_sortie(self, now: datetime) -> None:
        if self.voie in CPF:
            cpf.declare_sortie(
                bilan=self.bilan,
                le=_day(self.bilan, now),
                motif=MotifSortie.ABANDON if self.h.arret == "abandon" else MotifSortie.TERMINEE,
                realisation=50 if self.h.arret == "abandon" else 100,
                by=self.maison.assistante,
                now=now,
            )


def crc(nom: str) -> int:
    """A file number that is the same at every loading."""
    return 100000 + sum(ord(letter) * 97 for letter in nom) % 899999


def _day(bilan: Bilan, now: datetime) -> date:
    return local_day(now, zone(bilan.fuseau))
