"""One version of the referential, opened to be searched, read and matched. Offline, read-only."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from jalon.metiers.certifications import Certifications
from jalon.metiers.depart.chargement import ensure_depart
from jalon.metiers.dossier import open_read_only, version_in_use, version_path
from jalon.metiers.ecart import Ecart, measure_gap
from jalon.metiers.erreurs import EntreeRefusee, VersionAbsente
from jalon.metiers.fiche import Competence, FicheLue, find_code, read_fiche, read_items
from jalon.metiers.filtre import Filtre
from jalon.metiers.index.chargement import load_index
from jalon.metiers.index.moteur import Moteur
from jalon.metiers.index.rang import Classement, rank
from jalon.metiers.index.voisinage import Voisinage
from jalon.metiers.profil import build_profil
from jalon.metiers.proposition import Acquis, Proposition, Redacteur, compare_items, official_moves
from jalon.metiers.recherche.savoirs import ItemTrouve, RechercheSavoirs
from jalon.metiers.recherche.synonymes import load_synonymes
from jalon.metiers.recherche.titres import RechercheTitres
from jalon.metiers.recherche.vocabulaire import Vocabulaire
from jalon.metiers.redaction import SCHEMA
from jalon.metiers.referentiel import COMPETENCE, CONTEXTE, MACRO, SAVOIR_ETRE, Item

SHORT_LIST = 10


@dataclass(frozen=True)
class Resultat:
    """A fiche found by words; `appellation` is the title that answered, none if it is the fiche's own."""

    code: str
    libelle: str
    appellation: str | None
    score: float
    code_ogr: str | None = None


@dataclass(frozen=True)
class Comparaison:
    """Fiches side by side: what all hold, and what each holds alone."""

    fiches: tuple[FicheLue, ...]
    communes: tuple[Competence, ...]
    propres: tuple[tuple[Competence, ...], ...]


class Metiers:
    def __init__(self, path: Path, certifications: Path | None = None) -> None:
        self.path = path
        self._base = open_read_only(path)
        self._lock = threading.RLock()
        self.infos: Mapping[str, str] = dict(self._base.execute("SELECT cle, valeur FROM infos"))
        if self.infos.get("schema") != SCHEMA:
            raise VersionAbsente(
                f"La version {self.infos.get('version', '')} a été importée par un Jalon plus ancien. Importez-la de nouveau.",
                "version",
            )
        self.version = self.infos["version"]
        self.credit = self.infos["credit"]
        self.titre = self.infos["titre"]
        # The starting set, described by us: every page that shows it must say so.
        self.depart = self.infos["nature"] == "depart"
        self.certifications = Certifications(open_read_only(certifications)) if certifications else None

    # ---- reading

    def fiche(self, code: str) -> FicheLue:
        with self._lock:
            return read_fiche(self._base, find_code(self._base, code))

    def compare(self, codes: Sequence[str]) -> Comparaison:
        fiches = tuple(self.fiche(code) for code in codes)
        held = [{one.code_ogr for one in fiche.competences} for fiche in fiches]
        everywhere = set.intersection(*held) if held else set()
        first = fiches[0].competences if fiches else ()
        own = tuple(
            tuple(
                one
                for one in fiche.competences
                if all(one.code_ogr not in other for other in held if other is not mine)
            )
            for fiche, mine in zip(fiches, held, strict=True)
        )
        return Comparaison(fiches, tuple(one for one in first if one.code_ogr in everywhere), own)

    def domaines(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The fourteen grands domaines, each with its domaines: (code, label, [(code, label)])."""
        with self._lock:
            found = []
            for code, label in self._base.execute(
                "SELECT code, libelle FROM grand_domaine ORDER BY code"
            ).fetchall():
                inside = self._base.execute(
                    "SELECT code, libelle FROM domaine WHERE grand_domaine = ? ORDER BY code", (code,)
                ).fetchall()
                found.append((code, label, [(one[0], one[1]) for one in inside]))
            return found

    def contextes(self) -> list[Competence]:
        """Every working condition, by family: what a person may refuse."""
        with self._lock:
            return [
                Competence(row[0], row[1], CONTEXTE, row[2], False, row[3])
                for row in self._base.execute(
                    "SELECT code_ogr, libelle, frequence, groupe FROM item WHERE nature = 'contexte' "
                    "AND frequence > 0 ORDER BY groupe, libelle"
                )
            ]

    def notice(self, code: str, libelle: str, version: str) -> str | None:
        """What to say of a choice saved under another version when its code has changed meaning since."""
        if version == self.version:
            return None
        with self._lock:
            row = self._base.execute("SELECT libelle FROM fiche WHERE code = ?", (code,)).fetchone()
        if row is None:
            return f"Le code {code} (« {libelle} », version {version}) n’existe plus dans {self._named}."
        if row[0] != libelle:
            return (
                f"Le code {code} désignait « {libelle} » dans la version {version} ; "
                f"dans {self._named}, il désigne « {row[0]} »."
            )
        return None

    @property
    def _named(self) -> str:
        return f"la version {self.version}"

    def known_fiche(self, code: str) -> str | None:
        """The label of a code in this version, or nothing."""
        with self._lock:
            row = self._base.execute("SELECT libelle FROM fiche WHERE code = ?", (code,)).fetchone()
            return row[0] if row else None

    def known_skills(self, ogrs: Collection[str]) -> dict[str, Competence]:
        """Those of these skills that this version knows, by code."""
        with self._lock:
            marks = ",".join("?" * len(ogrs))
            rows = self._base.execute(
                f"SELECT code_ogr, libelle, nature, frequence FROM item WHERE code_ogr IN ({marks})",  # noqa: S608
                list(ogrs),
            )
            return {row[0]: Competence(row[0], row[1], row[2], row[3]) for row in rows}

    @property
    def codes(self) -> Sequence[str]:
        """Every code of this version, in order."""
        return self._codes

    # ---- searching

    def search(self, text: str, k: int = SHORT_LIST, filtre: Filtre | None = None) -> list[Resultat]:
        """Occupations by title, appellation or code; accents, gender, plural and a typing error do not matter."""
        with self._lock:
            allowed = (filtre or Filtre()).select(self._base, self._moteur.faits) if filtre else None
            row = self._base.execute(
                "SELECT id, code, libelle FROM fiche WHERE code = ?", (text.strip().upper(),)
            ).fetchone()
            if row and (allowed is None or row[0] in allowed):
                return [Resultat(row[1], row[2], None, 100.0)]
            codes = self._codes
            return [
                Resultat(codes[one.fiche], one.libelle, one.appellation, one.score, one.code_ogr)
                for one in self._titres.search(text, k, allowed)
            ]

    def search_skills(self, text: str, k: int = SHORT_LIST) -> list[ItemTrouve]:
        with self._lock:
            return self._savoirs.search(text, k)

    def list_fiches(self, filtre: Filtre, k: int | None = None) -> list[Resultat]:
        """Occupations by domain, letters, tags, skills or conditions, without words, in the order of the codes."""
        with self._lock:
            allowed = filtre.select(self._base, self._moteur.faits)
            rows = self._base.execute("SELECT id, code, libelle FROM fiche ORDER BY code").fetchall()
            kept = [
                Resultat(row[1], row[2], None, 0.0) for row in rows if allowed is None or row[0] in allowed
            ]
            return kept[:k]

    # ---- matching

    def match(
        self,
        metiers: Sequence[str] = (),
        competences: Sequence[str] = (),
        mots: str = "",
        k: int = SHORT_LIST,
        filtre: Filtre | None = None,
        sans_mobilites: bool = False,
        interets: Mapping[str, float] | None = None,
        sauf: Collection[str] = (),
        parmi: Collection[str] = (),
    ) -> list[Proposition]:
        """Occupations for a person: official mobilities of her past jobs first, then our rank, each explained.

        `sans_mobilites` forgets the past jobs' own official lists. `interets`: six scores by letter; they fill a
        column of their own and move nothing. `sauf`: skills that her past jobs suppose and that she does not have.
        `parmi`: only these occupations.
        """
        with self._lock:
            if not (metiers or competences or mots.strip()):
                raise EntreeRefusee(
                    "Donnez au moins un métier exercé, une compétence ou quelques mots : sans rien, "
                    "aucun métier n’est plus proche qu’un autre.",
                    "competences",
                )
            origines = [find_code(self._base, code, "fiche") for code in metiers]
            items = self._items(competences)
            hidden = frozenset(origines) if sans_mobilites else frozenset()
            allowed = filtre.select(self._base, self._moteur.faits, origines) if filtre else None
            if parmi:
                named = {find_code(self._base, code) for code in parmi}
                allowed = named if allowed is None else allowed & named
            left = self._left(origines, sauf)
            profil = (
                self._moteur.profil_of_fiche(origines[0])
                if len(origines) == 1 and not items and not mots.strip() and not left
                else build_profil(self._moteur, origines, items, mots, left)
            )
            contenu = self._moteur.contenu(profil)
            official = {} if sans_mobilites else official_moves(self._moteur.faits, origines)
            order = rank(self._moteur, self._voisinage, profil, contenu, k + len(official), hidden, allowed)
            first = [fiche for fiche in official if allowed is None or fiche in allowed]
            chosen = (first + [fiche for fiche in order.ordre if fiche not in official])[:k]
            return self._explain(order, chosen, self._acquis(origines, items, sauf), official, interets)

    def gap(
        self,
        cible: str,
        day: date,
        metiers: Sequence[str] = (),
        competences: Sequence[str] = (),
        sauf: Collection[str] = (),
    ) -> Ecart:
        """What is missing for a chosen occupation, and what could close each gap."""
        with self._lock:
            target = find_code(self._base, cible, "cible")
            origines = [find_code(self._base, code, "fiche") for code in metiers]
            acquis = self._acquis(origines, self._items(competences), sauf)
            shared, missing = compare_items(self._base, target, acquis)
            fiche = read_fiche(self._base, target)
            leads = self.certifications.leading_to(fiche.code, day) if self.certifications else []
            return measure_gap(fiche, shared, missing, self.certifications, leads)

    # ---- inside

    @cached_property
    def _index(self) -> tuple[Moteur, Voisinage]:
        return load_index(self._base)

    @property
    def _moteur(self) -> Moteur:
        return self._index[0]

    @property
    def _voisinage(self) -> Voisinage:
        return self._index[1]

    @property
    def index(self) -> tuple[Moteur, Voisinage]:
        """For the evaluation and the measures; pages use `match`."""
        return self._index

    @property
    def _codes(self) -> list[str]:
        return self._moteur.faits.codes

    @cached_property
    def _titres(self) -> RechercheTitres:
        count = self._base.execute("SELECT count(*) FROM entree").fetchone()[0]
        return RechercheTitres(self._base, Vocabulaire.load(self._base, "titres", count), load_synonymes())

    @cached_property
    def _savoirs(self) -> RechercheSavoirs:
        count = self._base.execute("SELECT count(*) FROM item").fetchone()[0]
        return RechercheSavoirs(self._base, Vocabulaire.load(self._base, "savoirs", count))

    def _items(self, ogrs: Sequence[str]) -> list[Item]:
        asked = list(dict.fromkeys(one.strip() for one in ogrs if one.strip()))
        found = []
        for ogr in asked:
            row = self._base.execute(
                "SELECT code_ogr, nature, libelle, categorie, groupe, arbre, riasec FROM item WHERE code_ogr = ?",
                (ogr,),
            ).fetchone()
            if row is None:
                raise EntreeRefusee(
                    f"La compétence « {ogr} » n’existe pas dans {self.titre} : elle vient peut-être d’une autre "
                    "version. Cherchez-la par ses mots.",
                    "competences",
                )
            found.append(Item(*row))
        return found

    def _left(self, origines: Sequence[int], sauf: Collection[str]) -> dict[int, list[Item]]:
        """Of each past job that supposes a refused skill, the items that remain."""
        left = {}
        for origin in origines if sauf else ():
            held = [one.code_ogr for one in read_items(self._base, origin)]
            kept = [ogr for ogr in held if ogr not in sauf]
            if len(kept) < len(held):
                left[origin] = self._items(kept)
        return left

    def _acquis(self, origines: Sequence[int], items: Sequence[Item], sauf: Collection[str] = ()) -> Acquis:
        ticked = {
            item.code_ogr: Competence(item.code_ogr, item.libelle, item.nature, 0, False, item.categorie)
            for item in items
        }
        supposed: dict[str, Competence] = {}
        for origin in origines:
            for one in read_items(self._base, origin):
                if one.nature != CONTEXTE and one.code_ogr not in ticked and one.code_ogr not in sauf:
                    supposed[one.code_ogr] = one
        return Acquis(ticked, supposed, self._groups([*ticked, *supposed]))

    def _groups(self, ogrs: Collection[str]) -> dict[str, str]:
        """Macro-compétence → the person's skill that belongs to it."""
        groups: dict[str, str] = {}
        marks = ",".join("?" * len(ogrs))
        for ogr, nature, label, group in self._base.execute(
            f"SELECT code_ogr, nature, libelle, groupe FROM item WHERE code_ogr IN ({marks})",  # noqa: S608
            list(ogrs),
        ):
            if nature == COMPETENCE and group:
                groups.setdefault(group, label)
            elif nature in (MACRO, SAVOIR_ETRE):
                groups.setdefault(ogr, label)
        return groups

    def _explain(
        self,
        order: Classement,
        chosen: Sequence[int],
        acquis: Acquis,
        official: Mapping[int, tuple[int, int]],
        interets: Mapping[str, float] | None,
    ) -> list[Proposition]:
        writer = Redacteur(self._base, self._moteur, order, acquis, official, interets)
        return [writer.write(place, fiche) for place, fiche in enumerate(chosen, 1)]


_opened: dict[tuple[object, object], Metiers] = {}


def _mark(path: Path | None) -> tuple[str, int, int] | None:
    """A file that was imported again under the same name is another file."""
    if path is None:
        return None
    state = path.stat()
    return str(path), state.st_mtime_ns, state.st_ino


def open_index(home: Path, version: str | None = None) -> Metiers:
    """The day's version (or the asked one), opened once by process; the starting set while nothing was imported."""
    used = version or version_in_use(home, "rome")
    path = version_path(home, "rome", used) if used else ensure_depart(home)
    if not path.exists():
        raise VersionAbsente(
            f"La version {version} du ROME n’est pas sur cette machine. Importez-la d’abord.", "version"
        )
    rncp = version_in_use(home, "rncp")
    certifications = version_path(home, "rncp", rncp) if rncp else None
    key = (_mark(path), _mark(certifications))
    if key not in _opened:
        if len(_opened) >= 4:
            _opened.clear()
        _opened[key] = Metiers(path, certifications)
    return _opened[key]
