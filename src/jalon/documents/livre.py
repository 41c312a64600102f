"""The book that a person takes away: one HTML page, nothing outside it, readable by any browser for a long time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from jalon.documents.francais import instant_complet

_STYLE = """
:root{color-scheme:light dark;--paper:#fbfaf6;--ink:#1d2b2f;--muted:#54636a;--pine:#17594f;--edge:#8c8878}
@media(prefers-color-scheme:dark){:root{--paper:#11181a;--ink:#e9ece8;--muted:#a9b6b8;--pine:#7cc8b8;--edge:#6b787b}}
body{background:var(--paper);color:var(--ink);font:1.125rem/1.55 "Atkinson Hyperlegible Next",Verdana,sans-serif;margin:0}
main{max-width:68ch;margin:0 auto;padding:2rem 1.25rem 4rem}
h1,h2{font-family:"Source Serif 4",Georgia,serif;font-weight:600;line-height:1.2;text-wrap:balance}
h1{font-size:2rem}h2{font-size:1.5rem;margin-top:3rem;padding-top:1rem;border-top:2px solid var(--pine)}
h3{font-size:1rem;color:var(--muted);margin:1.5rem 0 .25rem}p{margin:.25rem 0 1rem;white-space:pre-wrap;overflow-wrap:anywhere}
a{color:var(--pine)}hr{border:0;border-top:1px solid var(--edge);margin:2rem 0}nav ul,section ul{padding-left:1.25rem}
:focus-visible{outline:3px solid #1b4fc4;outline-offset:2px}@media print{nav{display:none}h2{break-before:page}}
"""


@dataclass(frozen=True)
class Chapitre:
    """Rows of (heading, text); an empty pair parts two pieces of the same kind."""

    titre: str
    lignes: tuple[tuple[str, str], ...]


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
    body = "".join(_chapter(i, c) for i, c in enumerate(chapitres, 1))
    papers = "".join(
        f'<li><a href="{escape(name, quote=True)}">{escape(name.split("/", 1)[1])}</a></li>'
        for name in documents
    )
    shelf = f'<section><h2 id="documents">Mes documents</h2><ul>{papers}</ul></section>' if papers else ""
    shelf_toc = '<li><a href="#documents">Mes documents</a></li>' if papers else ""
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(titre)}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escape(titre)}</h1><p>{escape(personne)}. Emporté le {escape(day)}, auprès de {escape(cabinet)}.</p>"
        "<p>Ce dossier est à vous. Gardez-le en lieu sûr : il n’en restera pas de copie ailleurs, sauf si vous l’avez demandé. "
        "Cette page s’ouvre avec n’importe quel navigateur, sans réseau. Le fichier donnees.json contient les mêmes textes "
        "dans un format ouvert. Le fichier empreintes-sha256.txt permet de vérifier que rien n’a changé.</p>"
        f'<nav aria-label="Sommaire"><ul>{toc}{shelf_toc}</ul></nav>{body}{shelf}</main></body></html>\n'
    )


def _chapter(rank: int, chapitre: Chapitre) -> str:
    rows = []
    for heading, text in chapitre.lignes:
        if not heading and not text:
            rows.append("<hr>")
            continue
        if heading:
            rows.append(f"<h3>{escape(heading)}</h3>")
        rows.append(f"<p>{escape(text)}</p>")
    return f'<section><h2 id="c{rank}">{escape(chapitre.titre)}</h2>{"".join(rows)}</section>'
