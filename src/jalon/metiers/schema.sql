CREATE TABLE infos (cle TEXT PRIMARY KEY, valeur TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE grand_domaine (code TEXT PRIMARY KEY, libelle TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE domaine (code TEXT PRIMARY KEY, libelle TEXT NOT NULL, grand_domaine TEXT NOT NULL) WITHOUT ROWID;
-- id: 0, 1, 2… in the order of the codes; the arrays of the index are numbered by it.
CREATE TABLE fiche (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, code_ogr TEXT NOT NULL, libelle TEXT NOT NULL,
    domaine TEXT NOT NULL, parent TEXT NOT NULL, riasec_majeur TEXT NOT NULL, riasec_mineur TEXT NOT NULL,
    cadre TEXT NOT NULL, reglemente TEXT NOT NULL,
    transition_eco TEXT NOT NULL, transition_num TEXT NOT NULL, transition_demo TEXT NOT NULL
);
CREATE TABLE appellation (
    code_ogr TEXT PRIMARY KEY, fiche INTEGER NOT NULL, libelle TEXT NOT NULL, court TEXT NOT NULL,
    peu_usite INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX appellation_fiche ON appellation (fiche);
CREATE TABLE texte (fiche INTEGER NOT NULL, nature TEXT NOT NULL, position INTEGER NOT NULL, libelle TEXT NOT NULL);
CREATE INDEX texte_fiche ON texte (fiche);
-- nature: competence, macro, savoir_etre, savoir, contexte. groupe: the macro-compétence of a compétence (its
-- code_ogr), the sous-catégorie of a savoir, the family of a contexte. riasec: letters of a macro-compétence.
CREATE TABLE item (
    id INTEGER PRIMARY KEY, code_ogr TEXT NOT NULL UNIQUE, nature TEXT NOT NULL, libelle TEXT NOT NULL,
    categorie TEXT NOT NULL, groupe TEXT NOT NULL, arbre TEXT NOT NULL, riasec TEXT NOT NULL,
    frequence INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE lien (
    fiche INTEGER NOT NULL, item INTEGER NOT NULL, coeur INTEGER NOT NULL, PRIMARY KEY (fiche, item)
) WITHOUT ROWID;
CREATE INDEX lien_item ON lien (item);
CREATE TABLE mobilite (
    fiche INTEGER NOT NULL, cible INTEGER NOT NULL, ordre INTEGER NOT NULL, PRIMARY KEY (fiche, cible)
) WITHOUT ROWID;
-- nature: secteur, naf, theme, interet.
CREATE TABLE classement (
    fiche INTEGER NOT NULL, nature TEXT NOT NULL, code TEXT NOT NULL, libelle TEXT NOT NULL, principal INTEGER NOT NULL
);
CREATE INDEX classement_fiche ON classement (fiche);
CREATE INDEX classement_code ON classement (nature, code);
-- Six shares in the order RIASEC, made by Jalon (interets.py).
CREATE TABLE interets (
    fiche INTEGER PRIMARY KEY, r REAL NOT NULL, i REAL NOT NULL, a REAL NOT NULL, s REAL NOT NULL, e REAL NOT NULL,
    c REAL NOT NULL
);
-- One row of entree for each row of titres: the title of a fiche (appellation empty) or one of its appellations.
CREATE TABLE entree (
    id INTEGER PRIMARY KEY, fiche INTEGER NOT NULL, appellation TEXT NOT NULL, libelle TEXT NOT NULL,
    cles TEXT NOT NULL, retrait INTEGER NOT NULL
);
CREATE VIRTUAL TABLE titres USING fts5 (mots, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4');
CREATE VIRTUAL TABLE savoirs USING fts5 (mots, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4');
-- nature: mot (as written, to correct a typing error) or cle (without gender nor number, to weigh a match).
CREATE TABLE vocabulaire (
    corpus TEXT NOT NULL, nature TEXT NOT NULL, mot TEXT NOT NULL, frequence INTEGER NOT NULL
);
CREATE INDEX vocabulaire_corpus ON vocabulaire (corpus, nature);
CREATE TABLE bloc (nom TEXT PRIMARY KEY, donnees BLOB NOT NULL);
