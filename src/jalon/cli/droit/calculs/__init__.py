"""The calculations by name: each reads its fields and answers, without clock nor machine time zone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jalon.cli.droit.calculs.argent import acompte, prorata, retractation
from jalon.cli.droit.calculs.bilan import conservation, duree
from jalon.cli.droit.calculs.compte import (
    carence_cpf,
    declaration_edof,
    entree_cpf,
    financement_cpf,
    participation,
)
from jalon.cli.droit.calculs.employeur import absence, convention
from jalon.cli.droit.calculs.organisme import (
    bpf,
    certificat_qualiopi,
    conservation_preuve,
    droit_acces,
    qualiopi,
)
from jalon.cli.droit.reponse import Answer

CALCULS: dict[str, Callable[[Any], Answer]] = {
    "convention": convention,
    "absence": absence,
    "conservation": conservation,
    "duree": duree,
    "participation": participation,
    "financement_cpf": financement_cpf,
    "carence_cpf": carence_cpf,
    "entree_cpf": entree_cpf,
    "declaration_edof": declaration_edof,
    "retractation": retractation,
    "acompte": acompte,
    "prorata": prorata,
    "qualiopi": qualiopi,
    "certificat_qualiopi": certificat_qualiopi,
    "bpf": bpf,
    "conservation_preuve": conservation_preuve,
    "droit_acces": droit_acces,
}
