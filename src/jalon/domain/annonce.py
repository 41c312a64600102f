"""Words that an offer may not say: each misleads on access, content, sanction or funding, and each is refused with its article.

A remark beside the field is worth more than a list of rules: the sentence says why, and what may be written instead.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from jalon.domain.identite import says_bilan_de_competences
from jalon.domain.obstacle import Obstacle, Severity

MISLEADING = "Code du travail, art. L. 6352-13"
REGISTERED = "Code du travail, art. L. 6352-12"
CONSENT = "Code du travail, art. L. 6313-4"
RESULTS = "Code du travail, art. L. 6352-13 ; indicateur 2 du référentiel qualité"
OUTSIDE = "Code du travail, art. L. 6313-1, 2°"
CONSUMER = "Code de la consommation, art. L. 121-2"


@dataclass(frozen=True)
class Regle:
    """`motif` is looked for in the text without accents, case nor exotic spaces; `sauf` around it makes it honest."""

    code: str
    motif: str
    phrase: str
    source: str
    sauf: str = ""
    avis: bool = False


_SERVICE = r"(bilans?|accompagnements?|prestations?|parcours|seances?|formations?)"
_ALL = r"(100 ?(%|pour ?cent)|cent pour cent)"
_PUBLIC_MONEY = (
    r"(cpf|compte personnel de formation|mon compte formation|opco|france travail|votre employeur|l'etat)"
)

REGLES = (
    Regle(
        "pris_en_charge",
        rf"\b{_ALL} ?(pris en charge|financ\w*|cpf|rembourse\w*|gratuit\w*|par)|"
        rf"\b(prise?s? en charge|rembourse\w*) (a )?({_ALL}|integrale|totale|complete)|"
        rf"\b(integralement|entierement|totalement|completement) (pris\w* en charge|finance\w*|paye\w*|rembourse\w*)|"
        rf"\b(zero|aucun|sans|0 ?(€|euros?)( de)?) (reste a (charge|payer)|frais|avance)|\breste a (charge|payer) "
        rf"(zero|nul|de 0|: ?0)|\bne (vous )?(coute|coutera) rien|\bsans (rien )?(debourser|payer)|"
        rf"\bfinanc\w+ a {_ALL}|{_PUBLIC_MONEY} (paie|prend|finance) (tout|l'integralite|la totalite)",
        "« {mot} » tromperait : une participation, un plafond ou un reste à payer peuvent s’appliquer, et chaque situation "
        "diffère. Écrivez « finançable par le CPF, dans la limite de vos droits » : les montants du jour s’affichent d’eux-mêmes.",
        MISLEADING + ", L. 6323-7 et D. 6323-1 A",
    ),
    Regle(
        "gratuit",
        r"\bgratuit\w*|\b(offert|cadeau)\w*\b|\ba titre gracieux",
        "« {mot} » tromperait : quelqu’un paie toujours cette prestation. Dites son prix et qui peut le payer. "
        "Seul ce qui l’est vraiment, comme l’entretien préalable, peut être dit gratuit, dans une phrase à part.",
        MISLEADING,
        sauf=r"entretiens? prealables?|premiers? (entretien|rendez-vous|echange)|entretien d'information|mediat\w+|"
        r"stationnement|parking|conseil en evolution|\bcep\b",
    ),
    Regle(
        "agrement",
        r"\b(agree|habilite|homologue|reconnu|accredite|certifie|labellise|approuve|valide)e?s? (par|aupres d\w+) "
        r"(l'etat|le ministere|la dreets|la prefecture|le prefet|la caisse|la cdc|mon compte formation|france competences)|"
        r"\bagrement\w*( de l'etat)?|\bagree\w* (etat|cpf|qualiopi)|\bcentres? agrees?\b|\borganismes? agrees?\b|"
        r"\bhabilitation (de l'etat|officielle)",
        "« {mot} » tromperait : la déclaration d’activité est un simple enregistrement, qui ne vaut pas agrément de l’État. "
        "La mention légale s’affiche d’elle-même au bas de la page.",
        REGISTERED,
    ),
    Regle(
        "certifie",
        rf"\b{_SERVICE} (certifi\w+|qualiopi|diplomant\w*|qualifiant\w*|labellis\w+)|\b(certifiant|diplomant)e?s?\b|"
        r"\bdelivre (un|une) (diplome|certification|titre)|\bconsultant\w* qualiopi",
        "« {mot} » tromperait : un bilan ne délivre ni diplôme ni certification, et Qualiopi certifie la façon de travailler "
        "du cabinet, pas la prestation. Votre certificat s’affiche dans les mentions légales.",
        MISLEADING,
        sauf=r"(\bni|\bpas|\baucun\w*|\bsans) [^.;]{0,60}$",
    ),
    Regle(
        "garantie",
        r"\b(resultats?|succes|reussite|emploi|embauche|reconversion|projet)s? (est |sont |\w+ment )?(garanti|assure)\w*|"
        r"\bgaranti\w* (un|une|le|la|votre|de) (resultat|succes|reussite|emploi|embauche|reconversion|projet)|"
        r"\b100 ?(%|pour ?cent) de (reussite|satisf\w+|succes)|\bvous trouverez (un|votre) (emploi|travail)|"
        r"\bsatisfaits? ou rembourse\w*",
        "« {mot} » tromperait : personne ne peut promettre où mènera un bilan. Dites ce que la personne fera et emportera.",
        MISLEADING,
    ),
    Regle(
        "contrainte",
        r"\bbilans? (de competences )?(est |sont |\w+ment )?obligatoires?|\bobligation de (faire|suivre) (un|votre) bilan|"
        r"\bvotre employeur (peut|doit) vous (imposer|obliger)",
        "« {mot} » est faux : un bilan ne peut être fait qu’avec le consentement de la personne, et refuser n’est pas une faute.",
        CONSENT,
    ),
    Regle(
        "urgence",
        r"\b(vos )?droits (cpf |formation )?((vont |peuvent )?(expire|disparai|perime|s'eteign)\w*|(seront|sont) (perdus|supprimes))|"
        r"\bavant (qu'il ne soit trop tard|la fin du cpf|la suppression)|\bderniere chance|\boffre (limitee|valable jusqu)|"
        r"\b(plus que|derniere?s?) \d* ?places?\b|\bprofitez(-en)? (vite|maintenant|de vos droits)|\bne perdez pas vos droits",
        "« {mot} » presse la personne : les droits du compte ne s’éteignent pas d’eux-mêmes, et une décision libre prend son temps.",
        MISLEADING + " ; Code de la consommation, art. L. 121-4",
    ),
    Regle(
        "employeur_informe",
        r"\b(compte rendu|rapport|synthese|resultats?) (\w+ ){0,3}(remise?s?|transmise?s?|envoyee?s?|communiquee?s?) "
        r"(\w+ ){0,2}(a|aux) (votre |l'|son |vos )?(employeur|financeur|entreprise|manager)",
        "« {mot} » est contraire à la loi : la personne est seule destinataire des résultats et de la synthèse.",
        CONSENT,
        sauf=r"\b(jamais|pas|ni|aucun\w*)\b",
    ),
    Regle(
        "taux_isole",
        r"\b\d{1,3}([.,]\d+)? ?(%|pour ?cent)( \w+){0,4} (satisf|reuss|recommand|reconver|retrouv|projet|emploi|client|person)\w*|"
        r"\b(satisfaction|reussite|recommandation)( \w+){0,3} :? ?(de )?\d{1,3}([.,]\d+)? ?(%|pour ?cent|/)|"
        r"\b\d([.,]\d)? ?(/|sur) ?(5|10)\b",
        "« {mot} » : un résultat ne se dit qu’avec son nombre, sa période et sa méthode. Écrivez-le dans « Résultats publiés », "
        "où tout cela s’affiche avec lui.",
        RESULTS,
    ),
    Regle(
        "superlatif",
        r"\b(n ?° ?1|numero (1|un)|leader|le meilleur|la meilleure|les meilleurs|incontournable|unique en france)\b",
        "« {mot} » ne peut pas être vérifié. Dites plutôt ce que vous faites, et comment.",
        CONSUMER,
    ),
    Regle(
        "autre_prestation",
        r"\b(coaching|outplacement|redaction d(e|u|es) (votre |vos )?cvs?|(refaire|refonte d(e|u)) (votre )?cv|lettres? de motivation|"
        r"validation des acquis|\bvae\b|recherche d'emploi|bien-etre|developpement personnel)\b",
        "« {mot} » n’est pas un bilan : si la prestation en contient, ces heures peuvent être tenues pour inexécutées. "
        "Si vous écrivez que vous n’en faites pas, laissez la phrase.",
        "Code du travail, art. L. 6313-1 et L. 6362-3",
        avis=True,
    ),
)

# Outside the legal frame nothing may borrow what belongs to the bilan (droit.md 7.6).
HORS_CADRE = Regle(
    "hors_cadre",
    r"\b(mon compte formation|cpf|compte personnel de formation|opco|france travail|agefiph|qualiopi)\b",
    "« {mot} » tromperait ici : cette prestation est hors du cadre légal, aucun fonds de la formation ne la paie.",
    OUTSIDE,
    sauf=r"\b(ni|pas|aucun\w*|jamais)\b",
)


def plain(text: str) -> str:
    """As the rules read it: lower case, no accents, straight apostrophes, ordinary spaces, nothing invisible."""
    return _read(text)[0]


def _read(text: str) -> tuple[str, list[int]]:
    """The plain letters, and where each stands in the text: what is refused is quoted as it was typed."""
    letters: list[str] = []
    places: list[int] = []
    for place, typed in enumerate(text):
        for letter in unicodedata.normalize("NFKD", typed.casefold().replace("œ", "oe")):
            if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
                continue
            kept = "'" if letter in "’ʼ`´" else "-" if letter in "‐‑‒–—" else letter
            if kept.isspace():
                kept = "\n" if kept in "\r\n" else " "
                if not letters or letters[-1].isspace():
                    continue
            letters.append(kept)
            places.append(place)
    return "".join(letters), places


def misleading(text: str, *, field: str = "", hors_cadre: bool = False) -> list[Obstacle]:
    """What this text may not say, once for each rule, with the words that were found."""
    said, places = _read(text)
    found = []
    for regle in (*REGLES, *([HORS_CADRE] if hors_cadre else [])):
        hit = _first(regle, said)
        if hit is not None:
            words = text[places[hit[0]] : places[hit[1] - 1] + 1].strip()
            found.append(
                Obstacle(
                    regle.phrase.format(mot=words),
                    regle.source,
                    Severity.WARN if regle.avis else Severity.REFUSE,
                    code=regle.code,
                    field=field,
                )
            )
    if hors_cadre and says_bilan_de_competences(text):
        found.append(
            Obstacle(
                "Cette prestation est hors du cadre légal : elle ne peut pas se dire « bilan de compétences ».",
                OUTSIDE,
                code="intitule_hors_cadre",
                field=field,
            )
        )
    return found


def _first(regle: Regle, said: str) -> tuple[int, int] | None:
    """Where the rule is first broken, sentence by sentence."""
    for sentence in re.finditer(r"[^.!?;\n]+(?:[.!?;](?!\s)[^.!?;\n]*)*", said):
        for hit in re.finditer(regle.motif, sentence.group()):
            if not (regle.sauf and _is_honest(regle, sentence.group(), hit)):
                return sentence.start() + hit.start(), sentence.start() + hit.end()
    return None


_SOLD = re.compile(r"\b(bilans?|accompagnements?|parcours|prestations?|seances?)\b[^,;:]{0,25}$")


def _is_honest(regle: Regle, sentence: str, hit: re.Match[str]) -> bool:
    """What makes it true stands in the same sentence: before a denial; before or just after a service that really is free."""
    before, after = sentence[max(0, hit.start() - 70) : hit.start()], sentence[hit.end() : hit.end() + 60]
    known = list(re.finditer(regle.sauf, before))
    if regle.code != "gratuit":
        return bool(known)
    since = before[known[-1].end() :] if known else before
    return bool(known or re.search(regle.sauf, after)) and not _SOLD.search(since)
