"""Each paper from what was agreed. A mention that the law wants and that is missing stops it, by the data class itself."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType

from jalon import instruments
from jalon.actions.papiers.matiere import Matiere, montant, reglement
from jalon.documents.charte.data import Charte
from jalon.documents.consentement.data import Consentement
from jalon.documents.contrat_individuel.data import ContratIndividuel
from jalon.documents.convention.data import Convention
from jalon.documents.convocation.data import Convocation
from jalon.documents.devis.data import Devis
from jalon.documents.fiche_engagement.data import FicheEngagement
from jalon.documents.information_methodes.data import InformationMethodes, Methode
from jalon.documents.livret_accueil.data import LivretAccueil
from jalon.documents.papier import Document, Signataire
from jalon.documents.planning.data import Planning, SeancePrevue
from jalon.documents.prestation import Echeance, Partie
from jalon.documents.programme.data import Programme
from jalon.domain.contrat_individuel import largest_first_payment
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.francais import jour
from jalon.domain.parcours import Nature, Phase, TypeAction
from jalon.domain.retractation import Lieu, online_function_required
from jalon.domain.seance import EtatSeance, Modalite
from jalon.domain.tva import price_mention
from jalon.records.engagement import euros_of
from jalon.records.models import Versement

# Ours: how long a price holds.
DEVIS_JOURS = 60


def programme(m: Matiere) -> Document:
    return Programme(
        papier=m.papier("programme"),
        beneficiaire=m.bilan.beneficiaire.nom_complet,
        prestation=m.prestation,
        contact=m.contact,
        referent_handicap=m.referent_handicap,
        clauses=m.clauses.get("programme", ()),
    )


def livret_accueil(m: Matiere) -> Document:
    places = m.bilan.organisme.lieux.filter(actif=True)
    return LivretAccueil(
        papier=m.papier("livret_accueil"),
        beneficiaire=m.bilan.beneficiaire.nom_complet,
        consultant=m.bilan.consultant.nom_complet,
        conservation_max_annees=m.prestation.conservation_max_annees,
        lieux=tuple(
            f"{p.nom}, {p.adresse}{f'. {p.accessibilite}' if p.accessibilite else ''}"[:400] for p in places
        ),
        contact=m.contact,
        referent_handicap=m.referent_handicap,
        mediateur=m.mediateur,
        adresse_espace=m.adresse_espace,
        clauses=m.clauses.get("livret_accueil", ()),
    )


def devis(m: Matiere) -> Document:
    return Devis(
        papier=m.papier("devis"),
        beneficiaire=m.bilan.beneficiaire.nom_complet,
        client=_client(m),
        prestation=m.prestation,
        prix=m.prix,
        parts=m.parts,
        valable_jusqu_au=m.jour + timedelta(days=DEVIS_JOURS),
        tva=price_mention(
            m.bilan.organisme.regime_tva, hors_cadre=m.bilan.type_action == TypeAction.HORS_CADRE
        ),
        clauses=m.clauses.get("devis", ()),
    )


def _client(m: Matiere) -> Partie:
    """Who buys: the employer where it is a party, else the person."""
    if m.bilan.financement in WITH_EMPLOYER and m.bilan.employeur_nom:
        return Partie(nom=m.bilan.employeur_nom, siren=m.bilan.employeur_siren)
    return Partie(nom=m.bilan.beneficiaire.nom_complet)


def contrat_individuel(m: Matiere) -> Document:
    rules = m.law.contrat_individuel
    lieu = Lieu(m.vue.ligne.lieu_conclusion) if m.vue.ligne else Lieu.DISTANCE
    person = m.bilan.beneficiaire
    return ContratIndividuel(
        papier=m.papier("contrat_individuel"),
        beneficiaire=person.nom_complet,
        client=Partie(nom=person.nom_complet, adresse=person.email or person.telephone),
        prestation=m.prestation,
        prix=m.prix,
        premier_versement_max=None
        if m.vue.prix is None
        else montant(largest_first_payment(m.vue.prix, m.law)),
        echeances=tuple(_echeance(v, rank) for rank, v in enumerate(m.vue.versements)),
        lieu_conclusion=lieu,
        retractation_jours=int(rules.retractation_jours.value),
        retractation_distance_jours=int(rules.retractation_distance_jours.value),
        fonction_en_ligne=lieu == Lieu.DISTANCE and online_function_required(m.law),
        mediateur=m.mediateur,
        contact=m.contact,
        clauses=m.clauses.get("contrat_individuel", ()),
        signataires=_frames((person.nom_complet, "Bénéficiaire"), _provider(m)),
        cachet_empreinte=m.empreinte_cachet(),
    )


def _echeance(versement: Versement, rank: int) -> Echeance:
    if versement.prevu_le is not None:
        when = f"le {jour(versement.prevu_le)}"
    elif rank == 0:
        when = "après la fin du délai de rétractation"
    else:
        when = "au fur et à mesure des séances"
    return Echeance(when, montant(euros_of(versement.montant_centimes)))


def convention(m: Matiere) -> Document:
    acces = m.employeur
    return Convention(
        papier=m.papier("convention"),
        beneficiaire=m.bilan.beneficiaire.nom_complet,
        employeur=Partie(
            nom=m.bilan.employeur_nom,
            siren=m.bilan.employeur_siren,
            representant=acces.personne.nom_complet if acces else "",
            qualite=acces.fonction if acces else "",
        )
        if m.bilan.employeur_nom
        else None,
        cadre="congé de reclassement"
        if m.bilan.financement == Financement.RECLASSEMENT
        else "plan de développement des compétences",
        prestation=m.prestation,
        prix=m.prix,
        parts=m.parts,
        reglement=reglement(m),
        delai_jours=int(m.law.bilan_competences.convention_delai_jours.value),
        finance_par_un_fonds=m.bilan.financement == Financement.OPCO
        and bool(m.law.organisme.convention_taux_distance_requis.value),
        clauses=m.clauses.get("convention", ()),
        signataires=_frames(
            (acces.personne.nom_complet if acces else "", "Pour l’employeur"),
            (m.bilan.beneficiaire.nom_complet, "Bénéficiaire"),
            _provider(m),
        ),
        cachet_empreinte=m.empreinte_cachet(),
    )


def fiche_engagement(m: Matiere) -> Document:
    return FicheEngagement(
        papier=m.papier("fiche_engagement"),
        beneficiaire=m.bilan.beneficiaire.nom_complet,
        prestation=m.prestation,
        financement=Financement(m.bilan.financement).label,
        clauses=m.clauses.get("fiche_engagement", ()),
        signataires=_the_two(m),
        cachet_empreinte=m.empreinte_cachet(),
    )


def charte(m: Matiere) -> Document:
    return Charte(
        papier=m.papier("charte"),
        beneficiaire=m.bilan.beneficiaire.nom_complet,
        prestation=m.prestation,
        remplacant=m.bilan.substitut.nom_complet if m.bilan.substitut else "",
        clauses=m.clauses.get("charte", ()),
        signataires=_the_two(m),
        cachet_empreinte=m.empreinte_cachet(),
    )


def planning(m: Matiere) -> Document:
    planned = [s for s in m.seances if s.nature == Nature.ACCOMPAGNEMENT]
    return Planning(
        papier=m.papier("planning"),
        beneficiaire=m.bilan.beneficiaire.nom_complet,
        prestation=m.prestation,
        seances=tuple(
            SeancePrevue(
                s.debut,
                round((s.fin - s.debut).total_seconds() / 60),
                Phase(s.phase),
                Modalite(s.modalite),
                s.lieu.nom if s.lieu else "",
            )
            for s in planned
        ),
        clauses=m.clauses.get("planning", ()),
    )


def convocation(m: Matiere) -> Document:
    """For the next séance."""
    coming = next((s for s in m.seances if s.etat == EtatSeance.PREVUE and s.debut > m.now), None)
    return Convocation(
        papier=m.papier("convocation"),
        beneficiaire=m.bilan.beneficiaire.nom_complet,
        consultant=m.bilan.consultant.nom_complet,
        minutes=round((coming.fin - coming.debut).total_seconds() / 60) if coming else 0,
        modalite=Modalite(coming.modalite) if coming else Modalite.TELEPHONE,
        debut=coming.debut if coming else None,
        lieu=f"{coming.lieu.nom}, {coming.lieu.adresse}" if coming and coming.lieu else "",
        acces=coming.lieu.accessibilite[:400] if coming and coming.lieu else "",
        contact=m.bilan.organisme.telephone or m.bilan.organisme.courriel,
    )


def information_methodes(m: Matiere) -> Document:
    shown = [versions[-1] for versions in instruments.bank().values()]
    return InformationMethodes(
        papier=m.papier("information_methodes"),
        beneficiaire=m.bilan.beneficiaire.nom_complet,
        consultant=m.bilan.consultant.nom_complet,
        conservation_max_annees=m.prestation.conservation_max_annees,
        methodes=tuple(
            Methode(
                titre=i.titre,
                objet=i.objet,
                mesure=i.mesure,
                ne_mesure_pas=i.ne_mesure_pas,
                fidelite=i.fidelite,
                minutes=i.minutes,
                source=i.source[:400],
            )
            for i in shown
        ),
    )


def consentement(m: Matiere) -> Document:
    return Consentement(
        papier=m.papier("consentement"),
        beneficiaire=m.bilan.beneficiaire.nom_complet,
        consultant=m.bilan.consultant.nom_complet,
        duree_max_heures=m.prestation.duree_max_heures,
        conservation_max_annees=m.prestation.conservation_max_annees,
        minutes_prevues=m.prestation.total,
        methodes=tuple(versions[-1].titre for versions in instruments.bank().values())[:30],
        contact=m.contact,
    )


def _provider(m: Matiere) -> tuple[str, str]:
    return (m.prestataire.nom_complet if m.prestataire else m.bilan.organisme.nom, "Pour le prestataire")


def _the_two(m: Matiere) -> tuple[Signataire, ...]:
    return _frames(
        (m.bilan.beneficiaire.nom_complet, "Bénéficiaire"), (m.bilan.consultant.nom_complet, "Consultant")
    )


def _frames(*people: tuple[str, str]) -> tuple[Signataire, ...]:
    return tuple(Signataire(nom, qualite) for nom, qualite in people if nom)


ECRITS: Mapping[str, Callable[[Matiere], Document]] = MappingProxyType(
    {
        "programme": programme,
        "livret_accueil": livret_accueil,
        "information_methodes": information_methodes,
        "consentement": consentement,
        "devis": devis,
        "contrat_individuel": contrat_individuel,
        "convention": convention,
        "fiche_engagement": fiche_engagement,
        "charte": charte,
        "planning": planning,
        "convocation": convocation,
    }
)
