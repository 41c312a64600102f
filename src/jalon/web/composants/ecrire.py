"""Markup of the components that every page repeats, written in Python: a template for each would cost more than the page.

Each value is escaped here; text that people read also gets its no-break spaces.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe

from jalon.web.composants.jalon import Jalon
from jalon.web.composants.typographie import nbsp


def esc(value: Any) -> str:
    return str(conditional_escape(value))


def dit(text: Any) -> str:
    """A text that people read, escaped unless it is already markup."""
    said = nbsp(str(text))
    return said if isinstance(text, SafeData) else esc(said)


@lru_cache(maxsize=256)
def icone(nom: str) -> SafeString:
    """Of the sprite; hidden from screen readers: a word always stands beside it."""
    address = f"{static('jalon/icones.svg')}#{nom}"
    return mark_safe(  # noqa: S308 (escaped)
        f'<svg class="icone" aria-hidden="true" focusable="false"><use href="{esc(address)}"></use></svg>'
    )


# One stake, planted. The shape tells the state: banded = done, tall with its flag = here, short and hollow = to come,
# broken = stopped.
_PIEUX = {
    "fait": (
        '<path class="pieu-bois" d="M11.5 9h5v33L14 48l-2.5-6z"/>'
        '<path class="pieu-plein" d="M11.5 9h5v7h-5zM11.5 22h5v7h-5zM11.5 35h5v7L14 48l-2.5-6z"/>'
    ),
    "en_cours": (
        '<path class="pieu-bois" d="M11.5 1h5v41L14 48l-2.5-6z"/>'
        '<path class="pieu-plein" d="M11.5 1h5v8h-5zM11.5 22h5v7h-5zM11.5 35h5v7L14 48l-2.5-6z"/>'
        '<path class="pieu-drapeau" d="M16.5 1.5 28 8l-11.5 6.5z"/>'
    ),
    "interrompu": (
        '<path class="pieu-creux" d="M11.5 33l5-3v12L14 48l-2.5-6z"/>'
        '<path class="pieu-creux" d="M12.5 26 9 15l4.5-1.5L17 23z"/>'
    ),
    "a_venir": ('<path class="pieu-creux" d="M11.5 26h5v16L14 48l-2.5-6z"/>'),
}


def pieu(forme: str) -> SafeString:
    drawn = _PIEUX.get(forme, _PIEUX["a_venir"])
    return mark_safe(  # noqa: S308 (constant)
        f'<svg class="pieu" viewBox="0 0 28 48" aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def ligne_jalons(etapes: Iterable[Jalon], nom: str, *, debout: bool) -> str:
    upright = " ligne--debout" if debout else ""
    steps = "".join(_jalon(etape) for etape in etapes)
    return f'<ol class="ligne{upright}" aria-label="{esc(nom)}">{steps}</ol>'


def _jalon(etape: Jalon) -> str:
    here = ' aria-current="step"' if etape.etat == "en_cours" else ""
    title = f'<a href="{esc(etape.href)}">{esc(etape.titre)}</a>' if etape.href else esc(etape.titre)
    detail = f'<span class="jalon-detail">, {esc(etape.detail)}</span>' if etape.detail else ""
    return (
        f'<li class="jalon jalon--{esc(etape.etat)}"{here}>{pieu(etape.etat)}<div class="jalon-texte">'
        f'<span class="jalon-titre">{title}</span>'
        f'<span class="jalon-etat">{esc(etape.mot)}{detail}</span></div></li>'
    )


def lien_nav(href: str, libelle: str, nombre: int, *, ici: bool, page: bool) -> str:
    current = ' aria-current="page"' if page else ' aria-current="true"' if ici else ""
    waiting = (
        f' <span class="nav-nombre">{esc(nombre)}<span class="pour-lecteur"> en attente</span></span>'
        if nombre
        else ""
    )
    classe = "nav-lien nav-lien--ici" if ici else "nav-lien"
    return f'<li><a class="{classe}" href="{esc(href)}"{current}>{esc(libelle)}{waiting}</a></li>'


def bouton(libelle: str, variante: str, nom_icone: str, nom: str, valeur: str, form: str) -> str:
    classe = f"bouton bouton--{esc(variante)}" if variante else "bouton"
    named = f' name="{esc(nom)}" value="{esc(valeur)}"' if nom else ""
    other = f' form="{esc(form)}"' if form else ""
    drawn = icone(nom_icone) if nom_icone else ""
    return f'<button type="submit" class="{classe}"{named}{other}>{drawn}{dit(libelle)}</button>'


def bouton_empeche(
    libelle: str, variante: str, nom_icone: str, ident: str, lignes: Iterable[dict[str, str]]
) -> str:
    """Greyed, and it says why: the reasons are read with the button."""
    classe = f"bouton bouton--{esc(variante)}" if variante else "bouton"
    drawn = icone(nom_icone) if nom_icone else ""
    reasons = "".join(
        f"<li>{icone('lock')}<span>{dit(ligne['phrase'])}{_source(ligne['source'])}</span></li>"
        for ligne in lignes
    )
    return (
        f'<div class="bouton-empeche"><button type="button" class="{classe}" aria-disabled="true"'
        f' aria-describedby="{esc(ident)}">{drawn}{dit(libelle)}</button>'
        f'<ul class="bouton-pourquoi" id="{esc(ident)}">{reasons}</ul></div>'
    )


def _source(source: str) -> str:
    return f' <small class="obstacle-source">{dit(source)}</small>' if source else ""


def qui_voit(qui: str, jamais: str, detail: str, detail_libelle: str) -> str:
    never = f' <span class="qui-voit-jamais">Jamais : {dit(jamais)}.</span>' if jamais else ""
    more = f' <a href="{esc(detail)}">{esc(detail_libelle)}</a>' if detail else ""
    return f'<div class="qui-voit">{icone("eye")}<p><strong>Qui voit cette page :</strong> {dit(qui)}.{never}{more}</p></div>'


def etat(mot: str, ton: str, nom_icone: str) -> str:
    return f'<span class="etat etat--{esc(ton)}">{icone(nom_icone)}{esc(mot)}</span>'


def champ(c: dict[str, Any]) -> str:
    """One form field: label, help, error, control. Help and error stand above, where a phone's keyboard does not hide them."""
    if c["cachee"]:
        return str(c["champ"])
    forme = c["forme"]
    if forme == "choix":
        return _choix(c)
    return _case(c) if forme == "case" else _ligne(c)


def _classes(c: dict[str, Any], *names: str) -> str:
    return " ".join((*names, *(["champ--erreur"] if c["phrases"] else [])))


def _optional(c: dict[str, Any]) -> str:
    return ' <span class="champ-facultatif">(facultatif)</span>' if c["facultatif"] else ""


def _erreur(c: dict[str, Any], phrases: Iterable[str]) -> str:
    words = "<br>".join(dit(phrase) for phrase in phrases)
    return (
        f'<p class="champ-erreur" id="{esc(c["champ"].auto_id)}_erreur">{icone("octagon-x")}'
        f'<span class="pour-lecteur">À corriger : </span>{words}</p>'
    )


def _aide(c: dict[str, Any]) -> str:
    field = c["champ"]
    helped = (
        f'<p class="champ-aide" id="{esc(field.auto_id)}_aide">{dit(field.help_text)}</p>'
        if field.help_text
        else ""
    )
    return helped + (_erreur(c, c["phrases"]) if c["phrases"] else "")


def _choix(c: dict[str, Any]) -> str:
    field, variante = c["champ"], c["variante"]
    names = ["champ", "champ-choix", *([f"champ-choix--{esc(variante)}"] if variante else [])]
    described = f' aria-describedby="{esc(c["decrit_par"])}"' if c["decrit_par"] else ""
    hidden = " pour-lecteur" if c["libelle_cache"] else ""
    options = "\n".join(
        f'<label class="choix" for="{esc(o.id_for_label)}">{o.tag()}'
        f'<span class="choix-texte">{dit(o.choice_label)}</span></label>'
        for o in c["choix"]
    )
    return (
        f'<fieldset class="{_classes(c, *names)}" id="{esc(field.auto_id)}"{described}>'
        f'<legend class="champ-libelle{hidden}">{dit(field.label)}{_optional(c)}</legend>{_aide(c)}'
        f'<div class="choix-liste">{options}</div></fieldset>'
    )


def _case(c: dict[str, Any]) -> str:
    field = c["champ"]
    wrong = _erreur(c, c["phrases"][:1]) if c["phrases"] else ""
    helped = (
        f'<span class="champ-aide" id="{esc(field.auto_id)}_aide">{dit(field.help_text)}</span>'
        if field.help_text
        else ""
    )
    return (
        f'<div class="{_classes(c, "champ", "champ-case")}">{wrong}'
        f'<label class="choix" for="{esc(field.id_for_label)}">{c["controle"]}'
        f'<span class="choix-texte">{dit(field.label)}{helped}</span></label></div>'
    )


def _ligne(c: dict[str, Any]) -> str:
    field, forme, ident = c["champ"], c["forme"], esc(c["champ"].auto_id)
    names = ["champ", f"champ-{forme}", *([f"champ--{esc(c['largeur'])}"] if c["largeur"] else [])]
    if forme == "groupe":
        label = f'<span class="champ-libelle" id="{ident}_libelle">{dit(field.label)}</span>'
    else:
        hidden = " pour-lecteur" if c["libelle_cache"] else ""
        label = (
            f'<label class="champ-libelle{hidden}" for="{esc(field.id_for_label)}">'
            f"{dit(field.label)}{_optional(c)}</label>"
        )
    control = c["controle"]
    if c["droite"]:
        control = f'<span class="champ-avec-unite">{control}<span class="champ-unite">{esc(c["droite"])}</span></span>'
    kept = f'<p class="autosave-etat" id="{ident}_etat" data-autosave-etat></p>' if c["autosave"] else ""
    return f'<div class="{_classes(c, *names)}">{label}{_aide(c)}{control}{kept}</div>'
