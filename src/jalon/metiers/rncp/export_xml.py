"""France compétences' XML export, streamed: half a gigabyte, one FICHE at a time, each cleared once written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from jalon.metiers.archive import Archive
from jalon.metiers.certifications import VAE
from jalon.metiers.erreurs import ArchiveRefusee
from jalon.metiers.rncp.fiche import NUMBER, FicheRncp, clean, iso_day

FILE = re.compile(r"^export[-_]fiches[-_].*\.xml$", re.IGNORECASE)
DAY = re.compile(r"(\d{4})[-_](\d{2})[-_](\d{2})")
CHUNK = 1 << 16
# One fiche is some tens of kilobytes; a text without end is not one.
SILENCE_MAX = 64_000_000
WAYS = {
    "SI_JURY_FI": "Après un parcours de formation sous statut d’élève ou d’étudiant",
    "SI_JURY_CA": "En contrat d’apprentissage",
    "SI_JURY_FC": "Après un parcours de formation continue",
    "SI_JURY_CQ": "En contrat de professionnalisation",
    "SI_JURY_CL": "Par candidature individuelle",
    "SI_JURY_VAE": VAE,
}
YES = {"oui", "true", "1", "actif", "active", "o"}


def is_xml(archive: Archive) -> bool:
    return bool(archive.find(FILE))


def read_xml(archive: Archive) -> tuple[str, Iterator[FicheRncp]]:
    """The day of the export, and its certifications as they come."""
    files = [name for name, _ in archive.find(FILE)]
    day = DAY.search(files[0]) or DAY.search(archive.path.name)
    return ("-".join(day.groups()) if day else ""), _every(archive, files)


def _every(archive: Archive, files: list[str]) -> Iterator[FicheRncp]:
    for name in files:
        with archive.open(name) as stream:
            yield from read_stream(stream, name)


def read_stream(stream: IO[bytes], name: str) -> Iterator[FicheRncp]:
    parser: XMLPullParser[Any] = XMLPullParser(events=("start", "end"))
    open_elements: list[Element] = []
    silence = 0
    before = b""
    try:
        while chunk := stream.read(CHUNK):
            # Entities that unfold in memory are declared there; no honest export does.
            if b"<!DOCTYPE" in before + chunk:
                raise ArchiveRefusee(f"« {name} » déclare des entités XML : refusé.", name)
            before = chunk[-16:]
            parser.feed(chunk)
            silence += len(chunk)
            for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                if event == "start":
                    open_elements.append(element)
                    continue
                open_elements.pop()
                if element.tag == "FICHE":
                    silence = 0
                    yield _fiche(element, name)
                    _forget(element, open_elements)
            if silence > SILENCE_MAX:
                raise ArchiveRefusee(f"« {name} » contient une fiche sans fin : refusé.", name)
        parser.close()
        for _ in parser.read_events():
            pass
    except ParseError as error:
        line = error.position[0]
        raise ArchiveRefusee(f"« {name} » est abîmé ou coupé à la ligne {line}.", name) from error
    if open_elements:
        raise ArchiveRefusee(f"« {name} » est coupé avant la fin.", name)


def _forget(element: Element, parents: list[Element]) -> None:
    """Its parent would otherwise keep every fiche that was read."""
    element.clear()
    if parents:
        parents[-1].clear()


def _fiche(element: Element, name: str) -> FicheRncp:
    number = clean(element.findtext("NUMERO_FICHE"))
    if not NUMBER.match(number):
        raise ArchiveRefusee(f"Dans « {name} », « {number} » n’est pas un numéro de fiche.", name)
    made = FicheRncp(
        numero=number,
        intitule=clean(element.findtext("INTITULE")),
        abrege=clean(element.findtext("ABREGE/CODE") or element.findtext("ABREGE/LIBELLE")),
        niveau=clean(element.findtext("NOMENCLATURE_EUROPE/NIVEAU")),
        enregistrement=clean(element.findtext("TYPE_ENREGISTREMENT")),
        decision=iso_day(element.findtext("DATE_DECISION") or ""),
        effet=iso_day(element.findtext("DATE_EFFET") or ""),
        fin=iso_day(element.findtext("DATE_FIN_ENREGISTREMENT") or ""),
        active=_active(element),
    )
    made.rome = _pairs(element, "CODES_ROME/ROME")
    for nomenclature, path in (("formacode", "FORMACODES/FORMACODE"), ("nsf", "CODES_NSF/NSF")):
        made.rattachements += [(nomenclature, code, label) for code, label in _pairs(element, path)]
    for tag in ("BLOCS_COMPETENCES/BLOC_COMPETENCES", "BLOCS_COMPETENCES/BLOC"):
        for bloc in element.iterfind(tag):
            code, title = clean(bloc.findtext("CODE")), clean(bloc.findtext("LIBELLE"))
            made.blocs.append((code, title, clean(bloc.findtext("LISTE_COMPETENCES"))))
    for certifier in element.iterfind("CERTIFICATEURS/CERTIFICATEUR"):
        siret, label = (
            clean(certifier.findtext("SIRET_CERTIFICATEUR")),
            clean(certifier.findtext("NOM_CERTIFICATEUR")),
        )
        made.organismes.append(("certificateur", siret, label, ""))
    for tag, way in WAYS.items():
        if clean(element.findtext(f"{tag}/ACTIF")).lower() in YES:
            made.voies.append(way)
    for old in element.iterfind("ANCIENNE_CERTIFICATION"):
        made.anciennes += _numbers(old)
    for new in element.iterfind("NOUVELLE_CERTIFICATION"):
        made.nouvelles += _numbers(new)
    return made


def _active(element: Element) -> bool:
    """«Publiée» says the page is public; «ACTIF» or the state says the registration runs."""
    state = clean(element.findtext("ACTIF")) or clean(element.findtext("ETAT_FICHE"))
    return state.lower() in YES | {"publiée", "publiee", "publié", "publie"}


def _pairs(element: Element, path: str) -> list[tuple[str, str]]:
    found = []
    for one in element.iterfind(path):
        code = clean(one.findtext("CODE"))
        label = clean(one.findtext("LIBELLE") or one.findtext("INTITULE"))
        if code:
            found.append((code, label.split(" : ", 1)[-1]))
    return found


def _numbers(element: Element) -> list[str]:
    texts = [clean(text) for text in element.itertext()]
    return [text for text in texts if NUMBER.match(text)]
