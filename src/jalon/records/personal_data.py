"""The rule of life and death of every column. A test compares this page with the models, so that none is forgotten.

PREUVE: kept as proof, without content, until the longest duty that rests on it is over (droit.md 5.3).
CONTENU: dies with the content of the bilan, by its key first.
COMPTE: erased with the account. PROSPECT: erased when nothing follows a first contact.
CABINET: the cabinet's own data, as long as it is open. TECHNIQUE: erased when its purpose is over (sent, expired, done).
"""

from enum import StrEnum


class Regle(StrEnum):
    PREUVE = "preuve"
    CONTENU = "contenu"
    COMPTE = "compte"
    PROSPECT = "prospect"
    CABINET = "cabinet"
    TECHNIQUE = "technique"


_P, _C, _A, _X, _O, _T = (
    Regle.PREUVE,
    Regle.CONTENU,
    Regle.COMPTE,
    Regle.PROSPECT,
    Regle.CABINET,
    Regle.TECHNIQUE,
)

_BY_MODEL: dict[str, dict[Regle, str]] = {
    "Personne": {
        _A: "email prenom nom telephone taille_texte theme calme titres_clairs password last_login is_active",
        _P: "id cree_le efface_le est_systeme",
    },
    "Invitation": {_T: "id personne empreinte creee_le expire_le utilisee_le"},
    "CodePapier": {_A: "id personne numero empreinte cree_le utilise_le"},
    "Organisme": {
        _O: "id nom siren siret representant adresse code_postal ville telephone courriel nom_neutre nda nda_region "
        "qualiopi_numero qualiopi_certificateur qualiopi_bilans qualiopi_obtenu_le qualiopi_expire_le referent_handicap "
        "referent_handicap_contact mediateur mediateur_site autres_activites organisation_identifiee fuseau territoire ouvert_le reponse_jours regime_tva"
    },
    "Lieu": {_O: "id organisme nom adresse accessibilite actif"},
    "Membre": {_O: "id organisme personne role presentation plafond depuis jusqu_au"},
    "Parcours": {_O: "id organisme intitule type_action prix semaines actif cree_le"},
    "Ligne": {_P: "id parcours bilan ordre phase nature nombre minutes collectif"},
    "OffrePublique": {
        _O: "id organisme parcours adresse accroche objectifs public prerequis deroulement methodes evaluation adaptation "
        "modalites financements delai_jours contact_nom sans_resultat titre_explicite cree_le modifie_le publiee_le"
    },
    "ResultatPublie": {_O: "id organisme genre favorables reponses effectif du au methode note_le"},
    "Disponibilite": {
        _O: "id organisme consultant ouverte fuseau duree_minutes tampon_minutes preavis_heures horizon_jours par_jour "
        "par_semaine seances_par_jour seances_par_semaine capacite jours_feries telephone visio_lien"
    },
    "PlageHebdomadaire": {_O: "id organisme consultant jour debut fin lieu a_distance"},
    "PlageExceptionnelle": {_O: "id organisme consultant lieu ouverte du au debut fin a_distance"},
    "Salle": {_O: "id lieu nom places fauteuil accessibilite actif"},
    "HoraireLieu": {_O: "id lieu jour debut fin"},
    "Atelier": {_O: "id organisme consultant phase modalite lieu salle debut fin places annule_le"},
    "Attente": {_X: "contact consultant inscrite_le proposee_le"},
    "ReglageRappels": {_A: "personne canal avances formule silence_debut silence_fin"},
    "ReglageSeances": {
        _O: "organisme visio visio_adresse visio_identifiant visio_secret visio_avance visio_telephone preavis_heures"
    },
    "ReglageAgenda": {_A: "personne intitule avec_lieu invitations"},
    "FluxAgenda": {_A: "id personne empreinte cree_le revoque_le"},
    "AgendaExterne": {
        _A: "id personne sens genre secret cree_le lu_le prochain_le essais erreur version",
    },
    "PlageOccupee": {_A: "id agenda debut fin"},
    "Publication": {_A: "id agenda seance version empreinte publiee_le"},
    "Contact": {
        _X: "id organisme canal prenom nom email telephone rappel_discret recu_le effacement_le issue entretien_le "
        "entretien_fin entretien_modalite entretien_consultant entretien_lieu entretien_confirme_le entretien_tenu_le "
        "lien_empreinte"
    },
    "Bilan": {
        _P: "id numero organisme beneficiaire consultant substitut parcours type_action financement employeur_nom "
        "employeur_siren lieu fuseau territoire etat ouvert_le preliminaire_le preliminaire_clos_beneficiaire_le "
        "preliminaire_clos_consultant_le investigation_le conclusions_le terme_prevu_le termine_le synthese_remise_le "
        "emporte_le destruction_commencee_le contenu_detruit_le recontact_accepte_le recontact_un_an"
    },
    "Consentement": {_P: "id bilan donne_le canal saisi_par texte_version texte_empreinte retire_le"},
    "Seance": {
        _P: "id bilan consultant phase nature modalite lieu collectif debut fin debut_reel fin_reelle salle atelier sequence "
        "modifiee_le etat confirmee_le issue",
        _C: "visio_lien tache",
    },
    "Passage": {_T: "id seance debut fin"},
    "Tache": {_C: "id bilan donnee_par donnee_le minutes_prevues pour_le commencee_le rendue_le relue_le"},
    "Promesse": {_C: "id bilan seance qui pour_le partagee tenue_le tenue_par"},
    "ExercicePropre": {
        _O: "id organisme auteur partage code version titre contenu empreinte depose_le retire_le"
    },
    "RessourceCabinet": {
        _O: "id organisme auteur partagee genre titre adresse pourquoi modifiee_le retiree_le"
    },
    "Emargement": {_P: "id seance personne qualite maniere signe_le empreinte"},
    "Piece": {
        _C: "id bilan contact nature reference tiroir cle revision chiffre auteur cree_le modifie_le partage_le "
        "valide_beneficiaire_le valide_consultant_le restitue_le"
    },
    "Revision": {_C: "id piece numero chiffre auteur enregistree_le"},
    "Fichier": {_C: "id bilan fiche objet tiroir cle octets depose_par depose_le"},
    "Decision": {
        _P: "id bilan ensemble choix decide_le fonde_sur_suivi duree_mois conserve_jusqu_au retire_le detruit_le"
    },
    "DemandeCep": {_P: "id bilan operateur demandee_le conserve_jusqu_au detruite_le"},
    "Destruction": {
        _P: "id bilan motif cles objets categories commencee_le faite_le epoque_avant epoque_apres empreinte_avant "
        "empreinte_apres miroir_rafraichi_le"
    },
    "DocumentEmis": {
        _P: "id organisme bilan genre numero taille copie_de emis_le droit_du modele_version empreinte octets",
        _C: "objet tiroir cle",
    },
    "Evenement": {_P: "id chaine numero nom par le faits precedente empreinte"},
    "Racine": {_P: "id jour chaines evenements empreinte calculee_le"},
    "Acces": {_P: "id bilan lecteur nature heure"},
    "Echeance": {
        _T: "id organisme bilan contact nom reference echoit_le faite_le annulee_le essais prochain_essai_le erreur"
    },
    "Envoi": {
        _T: "id organisme bilan personne adresse genre donnees cree_le prochain_essai_le essais envoye_le abandonne_le erreur"
    },
    "Engagement": {
        _P: "id bilan voie droit_le prix_centimes debut_prevu_le fin_prevue_le minutes_sur_temps precedent precedent_le "
        "precedent_financeur droits_centimes dotation_centimes exemption participation_payeur cpf_dossier cpf_demande_le "
        "cpf_proposition_le cpf_acceptation_le cpf_entree_declaree_le cpf_sortie_declaree_le cpf_sortie_motif "
        "cpf_realisation conclu_le lieu_conclusion information_omise information_le demande_expresse_le retracte_le"
    },
    "Part": {
        _P: "id engagement ordre voie poste payeur debiteur montant_centimes nom siren reference accord_le"
    },
    "Versement": {_P: "id engagement rang prevu_le montant_centimes recu_le"},
    "Circuit": {
        _P: "id organisme bilan document empreinte porte etat ouvert_le ouvert_par expire_le complet_le scelle_le clos_le "
        "scelle preuve"
    },
    "Signataire": {
        _P: "id circuit rang qualite personne demande_le moyen signe_le recopie_le recopie_par refuse_le empreinte temoin "
        "objet cle"
    },
    "CodeUnique": {_T: "id signataire acces partage seance empreinte cree_le expire_le essais utilise_le"},
    "AccesEmployeur": {
        _P: "id bilan voie personne fonction courriel empreinte ouvert_le ouvert_par entre_le clos_le"
    },
    "Partage": {
        _P: "id bilan destinataire finalite personne structure courriel empreinte accord_version accord_empreinte accorde_le "
        "fin_le entre_le clos_le motif_fin",
        _C: "cle",
    },
    "CopiePartagee": {_P: "id partage document genre", _C: "objet cle"},
    "SousRubrique": {_O: "id organisme rubrique titre ordre"},
    "Convention": {
        _P: "id bilan circuit etat etablie_le transmise_le transmise_par dernier_jour fin_le acceptee_le conclue_le close_le"
    },
    "Absence": {
        _P: "id bilan debut fin demandee_le recue_le recue_sur_papier dernier_jour fin_le reponse repondue_le"
    },
    "Clause": {_O: "id organisme genre titre texte ordre modifiee_le"},
    "Logo": {_O: "organisme octets type_mime depose_le"},
    "InstrumentPropre": {_O: "id organisme code version titre contenu empreinte depose_le retire_le"},
    "TableEtalonnage": {_O: "id organisme code version nom contenu empreinte depose_le retire_le"},
    "Qualification": {_O: "id membre intitule obtenue_le expire_le notee_le"},
    "Regards": {_C: "id bilan version propose_le dernier_jour rappels rappele_le clos_le reponses"},
    "Repondant": {_C: "id regards groupe adresse_empreinte lien_empreinte invite_le repondu_le retire_le"},
    "Urne": {_O: "id organisme instrument version chiffre"},
    "Depouillement": {_O: "id organisme instrument version trimestre bulletins comptes"},
    "Suivi": {_P: "id bilan prevu_le etat propose_le ouvert_le clos_le mois suite"},
    "DemandeDroit": {
        _P: "id bilan nature objet souhaite recue_le repondre_avant prolongee_le repondue_le repondue_par issue"
    },
    "Pause": {_P: "id bilan demandee_le reprise_prevue_le terme_repousse_de reprise_le"},
    # Nothing leads back to anybody: it belongs to the cabinet.
    "Compteur": {_O: "id organisme trimestre mesure valeur nombre"},
    # Left in one gesture, and with the account.
    "Ressource": {_A: "id organisme personne bilan sujets rejoint_le"},
    "MiseEnRelation": {_C: "id ressource bilan demandee_le close_le"},
}

RULES: dict[tuple[str, str], Regle] = {
    (model, column): rule
    for model, rules in _BY_MODEL.items()
    for rule, columns in rules.items()
    for column in columns.split()
}
