"""The portfolio in three forms: JSON Resume by its schema's rules, Europass as the portal reads it, and a paper that names nobody but her."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from tests.documents.echantillons import HORODATAGE, SANS_POPPLER, rendered, sample, text_of

from jalon.documents.europass import EURES, HR, NS, OA, to_europass
from jalon.documents.json_resume import to_json_resume
from jalon.documents.portefeuille.data import Experience, Portefeuille

# The rules of JSON Resume v1.0.0, written again from its documentation: type of each field that we may write.
DATE = re.compile(r"([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})")
TEXTS = {
    "basics": {"name", "label", "image", "email", "phone", "url", "summary"},
    "work": {"name", "location", "description", "position", "url", "summary"},
    "volunteer": {"organization", "position", "url", "summary"},
    "education": {"institution", "url", "area", "studyType", "score"},
    "skills": {"name", "level"},
    "interests": {"name"},
    "projects": {"name", "description", "url", "entity", "type"},
    "meta": {"canonical", "version", "lastModified"},
}
LISTS = {
    "work": {"highlights"},
    "volunteer": {"highlights"},
    "education": {"courses"},
    "skills": {"keywords"},
    "interests": {"keywords"},
    "projects": {"highlights", "keywords", "roles"},
}
DATES = {"startDate", "endDate"}
SECTIONS = {
    *("$schema", "basics", "work", "volunteer", "education", "awards", "certificates", "publications"),
    *("skills", "languages", "interests", "references", "projects", "meta"),
}


def check_json_resume(raw: bytes) -> dict:
    """Raises where the schema would: sections are a closed list, fields of an entry are typed, more may be there."""
    body = json.loads(raw)
    assert set(body) <= SECTIONS
    for section, value in body.items():
        if section == "$schema":
            assert value.startswith("https://")
            continue
        entries = [value] if section in ("basics", "meta") else value
        assert isinstance(entries, list)
        for entry in entries:
            assert isinstance(entry, dict)
            for name, held in entry.items():
                if name in DATES:
                    assert DATE.fullmatch(held), (section, name, held)
                elif name in LISTS.get(section, ()):
                    assert isinstance(held, list)
                    assert all(isinstance(one, str) for one in held)
                elif name in TEXTS[section]:
                    assert isinstance(held, str)
                else:
                    assert name == "rome", (section, name)
    return body


@pytest.fixture
def cv() -> Portefeuille:
    found = sample("portefeuille")
    assert isinstance(found, Portefeuille)
    return found


def test_json_resume_follows_its_schema_and_carries_the_codes(cv):
    body = check_json_resume(to_json_resume(cv, now=HORODATAGE))
    assert body["basics"] == {
        "name": "Zoé Lefèvre-Nuñez",
        "email": "zoe@rive-sillage.example",
        "phone": "06 00 00 00 00",
    }
    (job,) = body["work"]
    assert (job["startDate"], job["endDate"]) == ("2012", "2019-06")
    assert job["highlights"] == ["Le réveillon de 2018 : Aucune commande perdue."]
    assert job["rome"]["code"] == "D1106"
    assert "endDate" not in body["volunteer"][0]
    assert body["education"][0]["area"] == "CAP boulangerie"
    (skill,) = body["skills"]
    assert skill["keywords"][0] == "ROME 123456 Apaiser une clientèle mécontente"
    assert skill["level"] == "sait faire sans aide"


def test_the_rules_of_the_test_refuse_what_the_schema_would(cv):
    good = json.loads(to_json_resume(cv, now=HORODATAGE))
    for broken in (
        good | {"experiences": []},
        good | {"work": [{"startDate": "juin 2019"}]},
        good | {"skills": [{"keywords": "un texte"}]},
        good | {"basics": {"name": 3}},
    ):
        with pytest.raises(AssertionError):
            check_json_resume(json.dumps(broken).encode())


def test_europass_is_a_candidate_that_a_reader_of_the_portal_understands(cv):
    raw = to_europass(cv)
    assert raw.startswith(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Candidate ')
    root = ET.fromstring(raw)
    assert root.tag == f"{{{NS}}}Candidate"
    assert [child.tag.split("}")[1] for child in root] == [
        "DocumentID",
        "CandidateSupplier",
        "CandidatePerson",
        "CandidateProfile",
    ]
    person = root.find(f"{{{NS}}}CandidatePerson")
    assert person.findtext(f"{{{NS}}}PersonName/{{{OA}}}GivenName") == "Zoé"
    assert person.findtext(f"{{{NS}}}PersonName/{{{HR}}}FamilyName") == "Lefèvre-Nuñez"
    profile = root.find(f"{{{NS}}}CandidateProfile")
    job = profile.find(f"{{{NS}}}EmploymentHistory/{{{NS}}}EmployerHistory")
    assert job[0].tag == f"{{{HR}}}OrganizationName"
    position = job.find(f"{{{NS}}}PositionHistory")
    assert position.findtext(f"{{{NS}}}PositionTitle") == "Vendeuse en boulangerie"
    period = position.find(f"{{{EURES}}}EmploymentPeriod")
    assert period.findtext(f"{{{EURES}}}StartDate/{{{HR}}}FormattedDateTime") == "2012"
    assert period.findtext(f"{{{EURES}}}EndDate/{{{HR}}}FormattedDateTime") == "2019-06"
    assert period.findtext(f"{{{HR}}}CurrentIndicator") == "false"
    told = position.findtext(f"{{{OA}}}Description")
    assert "<p>Ouvrir à six heures" in told
    assert "ROME D1106" in told
    sections = {one.findtext(f"{{{NS}}}Title"): one for one in profile.findall(f"{{{NS}}}Others")}
    held = sections["Compétences"].find(f"{{{NS}}}Other")
    assert held.findtext(f"{{{NS}}}Title") == "Garder son calme quand la file s’allonge"
    assert "ROME 123456" in held.findtext(f"{{{NS}}}Description")
    assert "Deux absentes" in held.findtext(f"{{{NS}}}Description")
    assert profile.findtext(f"{{{NS}}}EducationHistory//{{{HR}}}DegreeName") == "CAP boulangerie"


def test_what_no_xml_may_hold_and_what_looks_like_html_are_both_safe(cv):
    odd = Experience("<b>Chef</b> & co\x0b", texte="1 < 2 \x00 && <script>")
    root = ET.fromstring(to_europass(replace(cv, experiences=(odd,))))
    position = root.find(f".//{{{NS}}}PositionHistory")
    assert position.findtext(f"{{{NS}}}PositionTitle") == "<b>Chef</b> & co "
    assert "&lt;script&gt;" in position.findtext(f"{{{OA}}}Description")


@SANS_POPPLER
def test_the_paper_is_hers_and_says_nothing_of_where_it_was_made(tmp_path):
    text = text_of(rendered("portefeuille"), tmp_path)
    for word in ("Zoé Lefèvre-Nuñez", "Deux absentes", "Aucune commande perdue", "D1106", "ma patronne"):
        assert word in text
    assert "bilan" not in text.lower()
    large = text_of(rendered("portefeuille", "20"), tmp_path)
    assert "Deux absentes" in large
