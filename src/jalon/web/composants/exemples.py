"""What the living page shows: invented people, believable situations, every state of every component."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator

from jalon.domain.horloge import Horloge, make_horloge
from jalon.domain.obstacle import Obstacle, Severity
from jalon.web.composants.jalon import EtatJalon, Jalon

REFUS = Obstacle(
    "La convention n’est pas encore signée par vous.", "Code du travail, art. R. 6313-8", Severity.REFUSE
)
RETRACTATION = Obstacle(
    "Le délai pendant lequel vous pouvez renoncer court jusqu’au jeudi 12 mars 2026.",
    "Code du travail, art. L. 6353-5",
    Severity.REFUSE,
)
AVERTISSEMENT = Obstacle(
    "Vous prévoyez moins d’heures d’accompagnement qu’il n’est d’usage : dites pourquoi, et continuez.",
    "Usage des financeurs",
    Severity.WARN,
)


class FormulaireSeance(forms.Form):
    jour = forms.DateField(label="Jour de la séance")
    debut = forms.TimeField(label="Heure de début", help_text="À l’heure de l’endroit où vous êtes.")
    duree = forms.IntegerField(label="Durée prévue", min_value=15, max_value=240)
    lieu = forms.ChoiceField(
        label="Comment souhaitez-vous nous voir ?",
        choices=[
            ("cabinet", "Au cabinet, 12 rue des Lilas, Nantes"),
            ("visio", "En visio, par un lien qui ne dit rien"),
            ("telephone", "Par téléphone"),
        ],
        widget=forms.RadioSelect,
    )
    besoins = forms.MultipleChoiceField(
        label="De quoi avez-vous besoin ?",
        help_text="Ces réponses servent seulement à préparer la séance.",
        choices=[
            ("pause", "Une pause toutes les trente minutes"),
            ("texte", "Des documents en grands caractères"),
            ("acces", "Un accès sans marche"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    rythme = forms.ChoiceField(
        label="Rythme", choices=[("", "Choisissez"), ("1", "Chaque semaine"), ("2", "Tous les quinze jours")]
    )
    adresse = forms.EmailField(label="Adresse électronique", required=False)
    demande = forms.CharField(
        label="Ce que vous attendez de cette séance",
        help_text="Avec vos mots. Vous et votre consultante lirez ce texte, personne d’autre.",
        widget=forms.Textarea(attrs={"maxlength": 4000}),
    )
    piece = forms.FileField(label="Un document à montrer", required=False, help_text="PDF ou image.")
    lu = forms.BooleanField(
        label="J’ai lu comment mes réponses sont gardées, puis détruites",
        help_text="Vous pouvez le relire à tout moment.",
    )


class FormulaireEchelle(forms.Form):
    clarte = forms.ChoiceField(
        label="Aujourd’hui, je vois clairement ce que je veux",
        choices=[
            ("1", "Pas du tout"),
            ("2", "Plutôt non"),
            ("3", "Entre les deux"),
            ("4", "Plutôt oui"),
            ("5", "Tout à fait"),
        ],
        widget=forms.RadioSelect,
    )


class FormulaireFiltre(forms.Form):
    q = forms.CharField(label="Nom", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    etat = forms.ChoiceField(
        label="Où en est le dossier",
        required=False,
        choices=[("", "Tous"), ("attente", "En attente"), ("en_cours", "En cours")],
    )


def ligne() -> list[Jalon]:
    return [
        Jalon("Entretien préalable", EtatJalon.FAIT, "le 12 janvier"),
        Jalon("Phase préliminaire", EtatJalon.FAIT, "le 3 mars", "#ligne"),
        Jalon("Investigation", EtatJalon.EN_COURS, "depuis le 10 mars", "#ligne"),
        Jalon("Conclusions", EtatJalon.A_VENIR, "en mai"),
        Jalon("Destruction", EtatJalon.A_VENIR, "au terme"),
    ]


def ligne_interrompue() -> list[Jalon]:
    return [
        Jalon("Signature de la convention", EtatJalon.FAIT, "le 12 février"),
        Jalon("Premier versement", EtatJalon.INTERROMPU, "refusé par la banque"),
        Jalon("Solde", EtatJalon.A_VENIR),
    ]


def echeances(now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "quand": (now - timedelta(days=2)).date(),
            "quoi": "Déclarer l’entrée",
            "qui": "Nadia Ferrand",
            "href": "#ce-qui-vient",
            "retard": True,
        },
        {"quand": now + timedelta(days=3), "quoi": "Séance 4 avec Paul Mercier", "qui": "Au cabinet"},
        {
            "quand": (now + timedelta(days=9)).date(),
            "quoi": "Réponse de M. Mercier à la convention",
            "source": "Sans réponse, c’est un refus (art. R. 6313-8)",
        },
    ]


def horloges(now: datetime) -> list[Horloge]:
    """One that runs, one that was missed, one that protected somebody and is over."""
    day = now.date()
    return [
        make_horloge(
            "convention",
            "Signer la convention, ou la refuser sans donner de raison",
            day + timedelta(days=6),
            fuseau="Europe/Paris",
            now=now,
            silence="Sans réponse ce jour-là à minuit, c’est un refus ; un refus n’est pas une faute.",
            source="Code du travail, art. R. 6313-8",
            qui="la personne",
        ),
        make_horloge(
            "cpf_entree",
            "Déclarer l’entrée sur Mon Compte Formation",
            day - timedelta(days=1),
            fuseau="Indian/Reunion",
            now=now,
            silence="Une entrée déclarée hors délai peut être contestée.",
            source="Caisse des dépôts, pages de Mon Compte Formation",
            qui="le cabinet",
        ),
        make_horloge(
            "retractation",
            "Renoncer au contrat, sans donner de raison",
            day - timedelta(days=3),
            fuseau="Europe/Paris",
            now=now,
            silence="Le contrat tient. Le premier versement est possible, 30 % du prix au plus.",
            source="Code du travail, art. L. 6353-5 et L. 6353-6",
            protege=True,
        ),
    ]


def contexte(now: datetime, page: str) -> dict[str, Any]:
    bound = FormulaireSeance(
        {"jour": "2026-03-03", "debut": "25:00", "duree": "60", "demande": "Je voudrais parler du projet B."}
    )
    return {
        "ligne": ligne(),
        "ligne_interrompue": ligne_interrompue(),
        "echeances": echeances(now),
        "horloges": horloges(now),
        "maintenant": now,
        "obstacles_exemple": [REFUS, RETRACTATION, AVERTISSEMENT],
        "obstacles_doux": [AVERTISSEMENT],
        "refus": [REFUS],
        "form_vide": FormulaireSeance(auto_id="vide_%s"),
        "form_refuse": bound,
        "form_echelle": FormulaireEchelle(auto_id="echelle_%s"),
        "form_filtre": FormulaireFiltre(auto_id="filtre_%s"),
        "colonnes": ["Personne", "Où en est-on", "Prochaine date", ("Heures", "nombre")],
        "lignes": [
            ["Paul Mercier", "Investigation", "vendredi 6 mars 2026 à 9 h", "14 h 30"],
            ["Inès Da Silva", "Phase préliminaire", "mardi 10 mars 2026 à 18 h", "2 h"],
            ["Camille Oudin", "Conclusions", "lundi 16 mars 2026 à 14 h", "19 h"],
        ],
        "liens": [
            {"href": "#onglets", "libelle": "Déroulement", "ici": True},
            {"href": "#onglets", "libelle": "Séances", "nombre": 2},
            {"href": "#onglets", "libelle": "Papiers"},
        ],
        "paires": [
            ("Financement", "Compte personnel de formation, hors temps de travail"),
            ("Prix", "1\u00a0600\u00a0€"),
            ("Référent handicap", ""),
        ],
        "page": Paginator(range(140), 20).get_page(page),
        "texte_long": (
            "Je voudrais un travail où je transmets. J’ai encadré six apprentis depuis 2019, et c’est ce que je "
            "raconte quand on me demande ce que je fais."
        ),
    }
