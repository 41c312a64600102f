"""The book that a person takes away: one HTML page, nothing outside it, no script, readable by any browser for a long time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from jalon.documents.francais import instant_complet

_STYLE = """
:root{color-scheme:light dark;--paper:#fbfaf6;--ink:#1d2b2f;--muted:#54636a;--pine:#17594f;--edge:#8c8878}
@media(prefers-color-scheme:dark){:root{--paper:#11181a;--ink:#e9ece8;--muted:#a9b6b8;--pine:#7cc8b8;--edge:#6b787b}}
*{box-sizing:border-box}body{background:var(--paper);color:var(--ink);margin:0;
font:1.125rem/1.55 "Atkinson Hyperlegible Next","Atkinson Hyperlegible",Verdana,sans-serif}
header,main,footer{max-width:68ch;margin:0 auto;padding:0 1.25rem}header{padding-top:2rem}main{padding-bottom:3rem}
footer{padding-bottom:3rem;color:var(--muted)}
h1,h2,h3{font-family:"Source Serif 4",Georgia,serif;font-weight:600;line-height:1.2;text-wrap:balance}
h1{font-size:2rem;margin:.5rem 0}h2{font-size:1.5rem;margin:3rem 0 1rem;padding-top:1rem;border-top:2px solid var(--pine)}
h3{font-size:1.25rem;margin:2rem 0 .25rem}h4{font-size:1rem;color:var(--muted);margin:1rem 0 .25rem;font-weight:600}
article+article{border-top:1px solid var(--edge);margin-top:2rem}
p{margin:.25rem 0 1rem}.texte{white-space:pre-wrap;overflow-wrap:anywhere}.quand{color:var(--muted);font-size:1rem}
a{color:var(--pine);text-underline-offset:.15em}nav ul,section>ul{padding-left:1.25rem}li{margin:.25rem 0;overflow-wrap:anywhere}
.evitement{position:absolute;left:-999rem}.evitement:focus{position:static}
:focus-visible{outline:3px solid #1b4fc4;outline-offset:2px}
@media(prefers-color-scheme:dark){:focus-visible{outline-color:#9db9ff}}
@page{margin:2cm}
@media print{:root{--paper:#fff;--ink:#000;--muted:#333;--pine:#000;--edge:#777}body{font-size:11pt}
header,main,footer{max-width:none;padding:0}.evitement{display:none}
h2{break-before:page;border:0}h2,h3,h4,.quand{break-after:avoid}p{orphans:3;widows:3}a{color:inherit;text-decoration:none}}
"""


@dataclass(frozen=True)
class Morceau:
    """One thing that was written: its name, when and by whom, then (heading, text). A text without heading stands alone."""

    titre: str
    quand: str
    lignes: tuple[tuple[str, str], ...]
    # A file of the folder that goes with it.
    fichier: str = ""


@dataclass(frozen=True)
class Chapitre:
    titre: str
    morceaux: tuple[Morceau, ...]
    introduction: str = ""


def render_livre(
    *,
    titre: str,
    personne: str,
    cabinet: str,
    emporte_le: datetime,
    fuseau: str,
    chapitres: Sequence[Chapitre],
    documents: Sequence[str],
) -> str:
    """Everything that comes from a person is escaped; links only lead to files of the same folder."""
    day = instant_complet(emporte_le.astimezone(ZoneInfo(fuseau)))
    toc = "".join(f'<li><a href="#c{i}">{escape(c.titre)}</a></li>' for i, c in enumerate(chapitres, 1))
    shelf_toc = '<li><a href="#documents">Mes papiers</a></li>' if documents else ""
    return "".join(
        (
            '<!doctype html><html lang="fr"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{escape(titre)}</title><style>{_STYLE}</style></head><body>",
            '<a class="evitement" href="#livre">Aller au contenu</a>',
            f"<header><h1>{escape(titre)}</h1>",
            f'<p class="quand">{escape(personne)}. Emporté le {escape(day)}, auprès de {escape(cabinet)}.</p></header>',
            '<main id="livre"><p>Ce dossier est à vous. Gardez-le en lieu sûr\u00a0: il n’en restera pas de copie ailleurs, '
            "sauf si vous l’avez demandé. Cette page s’ouvre avec n’importe quel navigateur, sans réseau, et s’imprime. "
            'Le fichier <a href="LISEZ-MOI.txt">LISEZ-MOI.txt</a> dit ce que contient chaque fichier, et comment vérifier '
            "que rien n’a changé.</p>",
            f'<nav aria-label="Sommaire"><h2>Sommaire</h2><ul>{toc}{shelf_toc}</ul></nav>',
            *(_chapter(i, c) for i, c in enumerate(chapitres, 1)),
            _shelf(documents),
            "</main><footer><p>Les notes personnelles de la personne qui vous a accompagné ne sont pas ici\u00a0: elles étaient à "
            "elle, et sont toujours détruites à la fin.</p></footer></body></html>\n",
        )
    )


def render_feuille(*, titre: str, chapeau: str, chapitres: Sequence[Chapitre]) -> str:
    """Any other document of the same make: a title, a word of introduction, chapters. Opens, prints and edits anywhere."""
    return "".join(
        (
            '<!doctype html><html lang="fr"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(titre)}</title><style>{_STYLE}</style></head><body>",
            f'<header><h1>{escape(titre)}</h1><p class="quand">{escape(chapeau)}</p></header><main id="livre">',
            *(_chapter(i, c) for i, c in enumerate(chapitres, 1)),
            "</main></body></html>\n",
        )
    )


def _chapter(rank: int, chapitre: Chapitre) -> str:
    intro = f"<p>{escape(chapitre.introduction)}</p>" if chapitre.introduction else ""
    body = "".join(_article(m) for m in chapitre.morceaux)
    return f'<section aria-labelledby="c{rank}"><h2 id="c{rank}">{escape(chapitre.titre)}</h2>{intro}{body}</section>'


def _article(morceau: Morceau) -> str:
    rows = []
    for heading, text in morceau.lignes:
        if heading:
            level = "h4" if morceau.titre else "h3"
            rows.append(f"<{level}>{escape(heading)}</{level}>")
        rows.append(f'<p class="texte">{escape(text)}</p>')
    if morceau.fichier:
        rows.append(f"<p>{_link(morceau.fichier)}</p>")
    quand = f'<p class="quand">{escape(morceau.quand)}</p>' if morceau.quand else ""
    titre = f"<h3>{escape(morceau.titre)}</h3>" if morceau.titre else ""
    return f"<article>{titre}{quand}{''.join(rows)}</article>"


def _shelf(documents: Iterable[str]) -> str:
    papers = "".join(f"<li>{_link(name)}</li>" for name in documents)
    if not papers:
        return ""
    return (
        f'<section aria-labelledby="documents"><h2 id="documents">Mes papiers</h2><ul>{papers}</ul></section>'
    )


def _link(name: str) -> str:
    return f'<a href="{escape(name, quote=True)}">{escape(name.split("/", 1)[-1])}</a>'
