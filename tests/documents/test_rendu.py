"""Every kind, in every size, is a tagged, titled, French PDF; user text is only ever text."""

import io
import json
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pikepdf
import pytest
from tests.documents.echantillons import (
    HORODATAGE,
    SANS_POPPLER,
    raw_sample,
    rendered,
    rendered_with,
    sample,
    text_of,
)

from jalon.documents import KINDS, TAILLES, Passage, RenduImpossible, render, template_version
from jalon.documents.rendu import ICI

HOSTILE = '#panic("x") $x^2$ *g* _i_ @r <l> \\ `c` = T // c /* d */ [x] {{7*7}} <script>😀漢\u0007\u202e\ue000\x00 fin'


def test_each_folder_of_the_room_is_a_kind_and_each_kind_a_folder() -> None:
    assert {p.parent.name for p in ICI.glob("*/template.typ")} == set(KINDS)
    assert {p.parent.name for p in ICI.glob("*/sample.json")} == set(KINDS)
    assert all(classe.kind == kind for kind, classe in KINDS.items())


@pytest.mark.parametrize("taille", TAILLES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_is_accessible_in_each_size(kind: str, taille: str) -> None:
    pdf = rendered(kind, taille)
    assert pdf.endswith(b"\n")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "/StructTreeRoot" in document.Root
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "fr-FR"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta.pdfa_status == "2A"
            assert meta["dc:title"] == sample(kind).document_title()


@pytest.mark.parametrize("kind", KINDS)
def test_large_print_reflows_into_more_pages_of_the_same_paper(kind: str) -> None:
    with (
        pikepdf.open(io.BytesIO(rendered(kind))) as normal,
        pikepdf.open(io.BytesIO(rendered(kind, "20"))) as grand,
    ):
        assert len(grand.pages) >= len(normal.pages)
        cotes = {tuple(round(float(c)) for c in page.mediabox) for page in grand.pages}
        assert cotes == {(0, 0, 595, 842)}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_data_and_timestamp_give_the_same_bytes(kind: str) -> None:
    assert render(kind, sample(kind), horodatage=HORODATAGE) == rendered(kind)
    plus_tard = render(kind, sample(kind), horodatage=HORODATAGE + timedelta(days=1))
    assert plus_tard != rendered(kind)


@pytest.mark.parametrize("kind", ["synthese", "emargement", "proces_verbal", "journal_acces"])
def test_tables_are_tagged_with_their_headers(kind: str) -> None:
    with pikepdf.open(io.BytesIO(rendered(kind))) as document:
        roles = {
            str(o.S)
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and "/S" in o and "/P" in o
        }
        assert {"/Table", "/TR", "/TH", "/TD"} <= roles


def test_every_font_is_embedded_and_ours() -> None:
    with pikepdf.open(io.BytesIO(rendered("synthese"))) as document:
        polices = [
            o
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert polices
        assert all("/FontFile2" in p or "/FontFile3" in p for p in polices)
        assert all(re.search("Atkinson|SourceSerif4|SourceSans3|NotoEmoji", str(p.FontName)) for p in polices)


@SANS_POPPLER
def test_the_foot_says_page_cabinet_day_number_and_model(tmp_path: Any) -> None:
    texte = text_of(rendered("synthese"), tmp_path)
    assert "Page 1 sur 3" in texte
    assert "Cabinet Rive & Sillage · 20 novembre 2026" in texte
    assert (
        f"Document SYN-2026-0042 · droit applicable au 20 novembre 2026 · modèle synthese {template_version('synthese')}"
        in texte
    )


@SANS_POPPLER
def test_a_copy_in_another_size_names_the_first(tmp_path: Any) -> None:
    premier = sample("synthese")
    copie = replace(
        premier, papier=replace(premier.papier, numero="SYN-2026-0042-16", copie_de="SYN-2026-0042")
    )
    pdf = render("synthese", copie, taille="16", horodatage=HORODATAGE)
    assert "Copie en 16 points du document SYN-2026-0042" in text_of(pdf, tmp_path)
    assert "Copie en" not in text_of(rendered("synthese", "16"), tmp_path)


def _hostile(valeur: Any) -> Any:
    """The same sample with hostile text wherever a person may write."""
    if isinstance(valeur, dict):
        return {k: v if k in ("fuseau", "forme") else _hostile(v) for k, v in valeur.items()}
    if isinstance(valeur, list):
        return [f"{_hostile(v)} {i}" if isinstance(v, str) else _hostile(v) for i, v in enumerate(valeur)]
    if isinstance(valeur, str) and not re.fullmatch(r"[a-z_]+|\d{4}-\d\d-\d\d(T.*)?", valeur):
        return HOSTILE
    return valeur


@SANS_POPPLER
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_printed_as_it_was_typed(kind: str, tmp_path: Any) -> None:
    data = KINDS[kind].from_json(_hostile(raw_sample(kind)))
    for taille in ("normal", "18"):
        pdf = render(kind, data, taille=taille, horodatage=HORODATAGE)
        texte = text_of(pdf, tmp_path).replace(" ", "")
        attendu = '#panic("x")$x^2$*g*_i_@r<l>\\`c`=T//c/*d*/[x]{{7*7}}<script>'
        assert attendu in texte


def test_three_hundred_random_texts_compile() -> None:
    tirage = random.Random(20261120)
    plages = (
        (0x20, 0x250),
        (0x20, 0x3000),
        (0x1F300, 0x1FAFF),
        (0, 0xD800),
        (0x300, 0x36F),
        (0xE000, 0x10FFFF),
    )

    def texte() -> str:
        return "".join(chr(tirage.randrange(*tirage.choice(plages))) for _ in range(200)) + "."

    passages = tuple(Passage(texte()) for _ in range(300))
    data = replace(sample("synthese"), circonstances=passages)
    assert len(render("synthese", data, horodatage=HORODATAGE)) > len(rendered("synthese"))


def test_an_unbroken_word_and_a_very_long_text_still_compile() -> None:
    data = replace(sample("synthese"), circonstances=(Passage("a" * 20_000), Passage("mot " * 5_000)))
    assert render("synthese", data, taille="20", horodatage=HORODATAGE)


def test_a_failure_of_typst_never_shows_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "jalon.documents.rendu.as_json", lambda valeur, fuseau: {"secret": "phrase très privée"}
    )
    with pytest.raises(RenduImpossible) as refus:
        rendered_with("synthese")
    assert "privée" not in str(refus.value)
    assert refus.value.__cause__ is None
    assert refus.value.__suppress_context__


def test_a_wrong_class_size_or_naive_timestamp_is_refused() -> None:
    with pytest.raises(TypeError):
        render("synthese", sample("emargement"), horodatage=HORODATAGE)
    with pytest.raises(KeyError):
        render("synthese", sample("synthese"), taille="12", horodatage=HORODATAGE)
    with pytest.raises(ValueError, match="fuseau"):
        render("synthese", sample("synthese"), horodatage=HORODATAGE.replace(tzinfo=None))


def test_the_timestamp_is_the_creation_instant() -> None:
    with pikepdf.open(io.BytesIO(rendered("codes_papier"))) as document:
        assert "20261120170000" in str(document.docinfo["/CreationDate"])
        with document.open_metadata() as meta:
            assert datetime.fromisoformat(meta["xmp:CreateDate"]).astimezone(UTC) == HORODATAGE


def test_templates_use_french_spaces_and_apostrophes() -> None:
    for fichier in [ICI / "base.typ", *ICI.glob("*/template.typ")]:
        for ligne in fichier.read_text(encoding="utf-8").splitlines():
            if not ligne.startswith("//"):
                assert not re.search(r"(?<=\w) (?:[;?»:]|!(?!=))|« |(?<=[a-z])'(?=\w)", ligne), (
                    fichier,
                    ligne,
                )


def test_template_version_follows_the_source(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    avant = template_version("synthese")
    assert re.fullmatch(r"1-[0-9a-f]{8}", avant)
    (tmp_path / "synthese").mkdir()
    for nom in ("base.typ", "mentions.typ", "synthese/template.typ"):
        (tmp_path / nom).write_text(
            (ICI / nom).read_text(encoding="utf-8") + "\n// changed\n", encoding="utf-8"
        )
    monkeypatch.setattr("jalon.documents.rendu.ICI", tmp_path)
    assert template_version("synthese") != avant


def test_samples_name_nobody_real_and_are_valid_json() -> None:
    for kind in KINDS:
        brut = json.dumps(raw_sample(kind), ensure_ascii=False)
        assert "Cabinet Rive & Sillage" in brut
        assert not re.search(r"[\w.]+@(?!rive-sillage\.example)", brut)


def test_a_child_of_a_process_that_has_compiled_is_refused_and_does_not_hang() -> None:
    code = (
        "import os, sys; from jalon.documents import rendu; rendu._require_own_threads()\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    try:\n        rendu._require_own_threads()\n"
        "    except RuntimeError:\n        os._exit(7)\n"
        "    os._exit(0)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 7
