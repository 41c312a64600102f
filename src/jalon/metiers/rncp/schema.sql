CREATE TABLE infos (cle TEXT PRIMARY KEY, valeur TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE certification (
    numero TEXT PRIMARY KEY, intitule TEXT NOT NULL, abrege TEXT NOT NULL, niveau TEXT NOT NULL,
    enregistrement TEXT NOT NULL, decision TEXT NOT NULL, effet TEXT NOT NULL, fin TEXT NOT NULL,
    active INTEGER NOT NULL
);
CREATE TABLE certification_rome (
    numero TEXT NOT NULL, code TEXT NOT NULL, libelle TEXT NOT NULL, PRIMARY KEY (code, numero)
) WITHOUT ROWID;
-- nomenclature: formacode, nsf, ccn.
CREATE TABLE rattachement (
    numero TEXT NOT NULL, nomenclature TEXT NOT NULL, code TEXT NOT NULL, libelle TEXT NOT NULL,
    PRIMARY KEY (numero, nomenclature, code)
) WITHOUT ROWID;
CREATE TABLE bloc (
    code TEXT NOT NULL, numero TEXT NOT NULL, libelle TEXT NOT NULL, competences TEXT NOT NULL,
    PRIMARY KEY (numero, code)
) WITHOUT ROWID;
CREATE TABLE voie (numero TEXT NOT NULL, voie TEXT NOT NULL, PRIMARY KEY (numero, voie)) WITHOUT ROWID;
-- role: certificateur, partenaire.
CREATE TABLE organisme (
    numero TEXT NOT NULL, role TEXT NOT NULL, siret TEXT NOT NULL, nom TEXT NOT NULL, habilitation TEXT NOT NULL
);
CREATE INDEX organisme_numero ON organisme (numero);
-- Written in both directions, whichever side the export gave it from.
CREATE TABLE continuite (
    ancienne TEXT NOT NULL, nouvelle TEXT NOT NULL, PRIMARY KEY (ancienne, nouvelle)
) WITHOUT ROWID;
CREATE INDEX continuite_nouvelle ON continuite (nouvelle);
CREATE VIRTUAL TABLE intitules USING fts5 (mots, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
