"""A portfolio as the XML that the Europass portal writes and reads: `Candidate`, schema version 4.0 (docs/decisions: europass).

Only what maps without being bent is written: names, experiences, training, and competences as a section of their own, each with the
sentences that prove it and its ROME code. Texts are HTML inside the XML, as the portal has them.
"""

from __future__ import annotations

import re
from html import escape
from xml.etree import ElementTree as ET

from jalon.documents.json_resume import BENEVOLES, ETUDES, INTERETS
from jalon.documents.portefeuille.data import Competence, Experience, Portefeuille, Realisation

NS = "http://www.europass.eu/1.0"
HR = "http://www.hr-xml.org/3"
OA = "http://www.openapplications.org/oagis/9"
EURES = "http://www.europass_eures.eu/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PREFIXES = {"": NS, "hr": HR, "oa": OA, "eures": EURES, "xsi": XSI}
# What no XML 1.0 file may hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ID = "Jalon-0001"


def to_europass(cv: Portefeuille) -> bytes:
    """Nothing of ours is named in it beyond the identifier that the schema wants."""
    root = ET.Element(_in(NS, "Candidate"), {_in(XSI, "schemaLocation"): f"{NS} Candidate.xsd"})
    _agency(root, HR, "DocumentID", "DocumentIdentifier", "4.0")
    supplier = _add(root, NS, "CandidateSupplier")
    _agency(supplier, HR, "PartyID", "PartyID", "1.0")
    _add(supplier, HR, "PartyName", "Owner")
    _person(_add(supplier, NS, "PersonContact"), cv)
    _add(supplier, HR, "PrecedenceCode", "1")
    _person(_add(root, NS, "CandidatePerson"), cv)
    _profile(_add(root, NS, "CandidateProfile"), cv)
    for prefix, uri in _PREFIXES.items():
        ET.register_namespace(prefix, uri)
    ET.indent(root)
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        + ET.tostring(root, encoding="utf-8")
        + b"\n"
    )


def _profile(profile: ET.Element, cv: Portefeuille) -> None:
    profile.set("languageCode", "fr")
    _agency(profile, HR, "ID", "CandidateProfileID", "1.0")
    jobs = [one for one in cv.experiences if one.genre not in ETUDES | BENEVOLES | INTERETS]
    if jobs:
        history = _add(profile, NS, "EmploymentHistory")
        for one in jobs:
            _job(_add(history, NS, "EmployerHistory"), one)
    studies = [one for one in cv.experiences if one.genre in ETUDES]
    if studies:
        history = _add(profile, NS, "EducationHistory")
        for one in studies:
            _study(_add(history, NS, "EducationOrganizationAttendance"), one)
    others = [one for one in cv.experiences if one.genre in BENEVOLES | INTERETS]
    if others or cv.autres:
        section = _section(profile, "Engagements et autres expériences")
        for one in others:
            _other(section, _named(one), _told(one), one)
        for told in cv.autres:
            _other(section, told.titre, _achieved(told))
    if cv.competences:
        section = _section(profile, "Compétences")
        for held in cv.competences:
            _other(section, held.intitule, _proved(held))


def _job(parent: ET.Element, one: Experience) -> None:
    _add(parent, HR, "OrganizationName", one.structure or "-")
    position = _add(parent, NS, "PositionHistory")
    _add(position, NS, "PositionTitle", one.intitule).set("typeCode", "FREETEXT")
    if one.debut or one.fin:
        period = _add(position, EURES, "EmploymentPeriod")
        _day(period, EURES, "StartDate", one.debut)
        _day(period, EURES, "EndDate", one.fin)
        _add(period, HR, "CurrentIndicator", "false" if one.fin else "true")
    _text(position, _told(one))


def _study(parent: ET.Element, one: Experience) -> None:
    _add(parent, HR, "OrganizationName", one.structure or "-")
    if one.debut or one.fin:
        period = _add(parent, NS, "AttendancePeriod")
        _day(period, NS, "StartDate", one.debut)
        _day(period, NS, "EndDate", one.fin)
        _add(period, NS, "Ongoing", "false" if one.fin else "true")
    degree = _add(parent, NS, "EducationDegree")
    _add(degree, HR, "DegreeName", one.intitule)
    if _told(one):
        _add(degree, NS, "OccupationalSkillsCovered", _told(one))


def _section(profile: ET.Element, title: str) -> ET.Element:
    section = _add(profile, NS, "Others")
    _add(section, NS, "Title", title)
    return section


def _other(section: ET.Element, title: str, told: str, dated: Experience | None = None) -> None:
    other = _add(section, NS, "Other")
    _add(other, NS, "Title", title)
    if dated is not None and (dated.debut or dated.fin):
        period = _add(other, NS, "Date")
        _day(period, NS, "StartDate", dated.debut)
        _day(period, NS, "EndDate", dated.fin)
        _add(period, NS, "Ongoing", "false" if dated.fin else "true")
    if told:
        _add(other, NS, "Description", told)


def _named(one: Experience) -> str:
    return f"{one.intitule}, {one.structure}" if one.structure else one.intitule


def _told(one: Experience) -> str:
    rome = f"ROME {one.metier.code} : {one.metier.libelle}" if one.metier is not None else ""
    return (
        _html(one.texte)
        + "".join(f"<p><strong>{escape(r.titre)}</strong></p>{_achieved(r)}" for r in one.realisations)
        + _html(rome)
    )


def _achieved(one: Realisation) -> str:
    return "".join(_html(f"{e.nom} : {e.texte}") for e in one.etapes if e.texte)


def _proved(one: Competence) -> str:
    said = "".join(_html(f"« {phrase} »") for phrase in one.phrases) + _html(one.preuve)
    levels = "".join(
        _html(", ".join(part for part in (a.voix, a.qui) if part) + f" : {a.niveau} {a.texte}".rstrip())
        for a in one.avis
    )
    codes = "; ".join(f"ROME {r.code} : {r.libelle}" for r in one.rome)
    return said + levels + _html(one.transfert) + _html(codes)


def _html(text: str) -> str:
    """One paragraph a line, as the portal's own editor writes them."""
    return "".join(
        f"<p>{escape(line.strip(), quote=False)}</p>" for line in text.splitlines() if line.strip()
    )


def _person(parent: ET.Element, cv: Portefeuille) -> None:
    name = _add(parent, NS, "PersonName")
    _add(name, OA, "GivenName", cv.prenom)
    _add(name, HR, "FamilyName", cv.nom)
    if cv.courriel:
        mail = _add(parent, NS, "Communication")
        _add(mail, NS, "ChannelCode", "Email")
        _add(mail, OA, "URI", cv.courriel)
    if cv.telephone:
        phone = _add(parent, NS, "Communication")
        _add(phone, NS, "ChannelCode", "Telephone")
        _add(phone, OA, "DialNumber", cv.telephone)


def _day(parent: ET.Element, space: str, name: str, text: str) -> None:
    """A year or a month, as precise as it is known."""
    if text:
        _add(_add(parent, space, name), HR, "FormattedDateTime", text)


def _text(parent: ET.Element, told: str) -> None:
    if told:
        _add(parent, OA, "Description", told)


def _agency(parent: ET.Element, space: str, name: str, scheme: str, version: str) -> None:
    one = _add(parent, space, name)
    one.attrib |= {
        "schemeID": _ID,
        "schemeName": scheme,
        "schemeAgencyName": "EUROPASS",
        "schemeVersionID": version,
    }


def _add(parent: ET.Element, space: str, name: str, text: str = "") -> ET.Element:
    one = ET.SubElement(parent, _in(space, name))
    if text:
        one.text = _FORBIDDEN.sub(" ", text)
    return one


def _in(space: str, name: str) -> str:
    return f"{{{space}}}{name}"
