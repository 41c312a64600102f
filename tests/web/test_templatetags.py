"""What the tags and filters say: French typography, fields, neutral titles."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from jalon.domain.obstacle import Obstacle, Severity
from jalon.web.composants import typographie
from jalon.web.composants.affichage import COOKIE, Affichage, choose, parse

N = "\u00a0"


def show(text: str, **context: object) -> str:
    return Template("{% load jalon %}" + text).render(Context(context))


def flat(html: str) -> str:
    """Fold the white space of the templates, and leave the no-break spaces of the words alone."""
    return re.sub(r"[ \n]+", " ", html).strip()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (date(2026, 3, 3), f"mardi 3{N}mars 2026"),
        (date(2026, 3, 1), f"dimanche 1er{N}mars 2026"),
        (datetime(2026, 3, 3, 17, 0, tzinfo=UTC), f"mardi 3{N}mars 2026 à 18{N}h"),
        (datetime(2026, 7, 3, 17, 5, tzinfo=UTC), f"vendredi 3{N}juillet 2026 à 19{N}h{N}05"),
        (None, ""),
    ],
)
def test_a_date_is_written_in_full_at_the_hour_of_paris(moment: object, words: str) -> None:
    assert show("{{ m|date_longue }}", m=moment) == words


def test_a_date_is_told_in_the_time_of_the_place_when_asked() -> None:
    moment = datetime(2026, 3, 3, 21, 30, tzinfo=UTC)
    assert show('{{ m|date_longue:"Indian/Reunion" }}', m=moment) == f"mercredi 4{N}mars 2026 à 1{N}h{N}30"
    assert show("{{ m|date_longue }}", m=moment) == f"mardi 3{N}mars 2026 à 22{N}h{N}30"
    assert show('{{ m|heure:"Indian/Reunion" }} {{ m|date_courte:"Indian/Reunion" }}', m=moment) == (
        f"1{N}h{N}30 4{N}mars 2026"
    )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (90, f"1{N}h{N}30"),
        (120, f"2{N}h"),
        (45, f"45{N}min"),
        (65, f"1{N}h{N}05"),
        (0, f"0{N}h"),
        (-30, f"−30{N}min"),
    ],
)
def test_minutes_become_hours(minutes: int, words: str) -> None:
    assert show("{{ m|heures }}", m=minutes) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1600, f"1{N}600{N}€"),
        ("1600.00", f"1{N}600{N}€"),
        (Decimal("1600.5"), f"1{N}600,50{N}€"),
        (Decimal("0.005"), f"0,01{N}€"),
        (None, ""),
    ],
)
def test_an_amount_keeps_its_cents_only_when_there_are_some(amount: object, words: str) -> None:
    assert show("{{ a|euros }}", a=amount) == words


def test_what_is_no_amount_is_refused_without_repeating_it() -> None:
    with pytest.raises(ValueError, match="not an amount") as refused:
        typographie.euros("mille six cents")
    assert "mille" not in str(refused.value)


def test_the_plural_starts_at_two() -> None:
    said = [typographie.compte(n, "séance", "séances") for n in (0, 1, 2, 1200)]
    assert said == [f"0{N}séance", f"1{N}séance", f"2{N}séances", f"1{N}200{N}séances"]


def test_no_break_spaces_go_where_french_wants_them_and_nowhere_else() -> None:
    assert typographie.nbsp("« Oui » : art. R. 6313-8 ; 24 %") == (
        f"«{N}Oui{N}»{N}: art.{N}R.{N}6313-8{N}; 24{N}%"
    )
    assert typographie.nbsp("à 18:30, https://exemple.fr") == "à 18:30, https://exemple.fr"
    assert show("{{ t|nbsp }}", t="<b> !") == f"&lt;b&gt;{N}!"


def test_an_hour_alone_is_written_too() -> None:
    assert show("{{ h|heure }}", h=time(9, 5)) == f"9{N}h{N}05"


def title(words: str, cookie: str = "") -> str:
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = cookie
    return Template("{% load jalon %}{% titre_neutre %}{{ t }}{% endtitre_neutre %}").render(
        Context({"request": request, "t": words})
    )


def test_a_title_keeps_its_no_break_spaces() -> None:
    assert title(f" Demain\n à 18{N}h ") == f"Demain à 18{N}h"


def test_the_tab_never_says_bilan_unless_the_person_chose_so() -> None:
    assert title("Vos rendez-vous") == "Vos rendez-vous"
    assert title("Votre Bilan de compétences") == "Mon espace"
    assert title("") == "Mon espace"
    chosen = str(choose("clair", "18", calme=True, titres_complets=True))
    assert title("Votre bilan de compétences", chosen) == "Votre bilan de compétences"


def test_the_display_cookie_is_read_back_and_a_forged_one_is_ignored() -> None:
    chosen = choose("sombre", "20", calme=True, titres_complets=False)
    assert parse(str(chosen)) == chosen == Affichage("sombre", "20", True, False)
    for forged in ("", "sombre", "rose.99.10", "sombre.20.1", 'x" onload="y.18.00', "sombre.20.12"):
        read = parse(forged)
        assert read.theme in {"systeme", "clair", "sombre"}
        assert read.taille in {"normal", "16", "18", "20"}
    assert parse("rose.99.10") == Affichage(calme=True)


class Formulaire(forms.Form):
    jour = forms.DateField(label="Jour", help_text="Le jour de la séance.")
    debut = forms.TimeField(label="Début", required=False)
    mode = forms.ChoiceField(
        label="Comment ?", choices=[("a", "Sur place"), ("b", "Visio")], widget=forms.RadioSelect
    )
    texte = forms.CharField(label="Vos mots", widget=forms.Textarea)
    accord = forms.BooleanField(label="J’accepte")


def test_a_field_has_its_label_its_help_and_the_control_of_the_browser() -> None:
    form = Formulaire(initial={"jour": date(2026, 3, 3)})
    html = flat(show("{% champ f.jour %}", f=form))
    assert '<label class="champ-libelle" for="id_jour">Jour</label>' in html
    assert 'type="date"' in html
    assert 'value="2026-03-03"' in html
    assert 'aria-describedby="id_jour_aide"' in html
    assert '<p class="champ-aide" id="id_jour_aide">' in html
    assert "(facultatif)" not in html
    assert "(facultatif)" in show("{% champ f.debut %}", f=form)


def test_a_refused_field_says_why_beside_it_and_keeps_what_was_written() -> None:
    form = Formulaire({"jour": "31 février", "texte": "Mes <mots>"})
    html = flat(show("{% champ f.jour %}", f=form))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_jour_aide id_jour_erreur"' in html
    assert "Nous n’arrivons pas à lire cette date" in html
    assert 'type="text"' in html
    assert 'value="31 février"' in html
    assert "Mes &lt;mots&gt;" in show("{% champ f.texte %}", f=form)


def test_choices_are_a_group_and_no_box_is_ticked_beforehand() -> None:
    html = flat(show("{% champ f.mode %}{% champ f.accord %}", f=Formulaire()))
    assert "<fieldset" in html
    assert "<legend" in html
    assert html.count('type="radio"') == 2
    assert "checked" not in html
    assert "checked" in show("{% champ f.mode %}", f=Formulaire({"mode": "b"}))


def test_a_text_that_is_kept_as_it_is_written_says_where_and_from_which_revision() -> None:
    html = flat(show("{% champ f.texte autosave='/enregistrer/' revision=7 %}", f=Formulaire()))
    assert 'data-autosave-url="/enregistrer/"' in html
    assert 'data-revision="7"' in html
    assert "data-autosave-etat" in html
    assert "data-autosave-url" not in show("{% champ f.texte %}", f=Formulaire())


def test_the_summary_of_errors_leads_to_each_field() -> None:
    html = flat(show("{% erreurs f %}", f=Formulaire({"jour": "2026-03-03"})))
    assert 'href="#id_texte"' in html
    assert 'href="#id_mode_0"' in html
    assert "Cochez cette case pour continuer." in html
    assert "3 points sont à corriger" in html
    assert "id_jour" not in html
    assert flat(show("{% erreurs f %}", f=Formulaire())) == ""


REFUS = Obstacle("La convention n’est pas signée.", "Code du travail, art. R. 6313-8")
DOUX = Obstacle("Peu d’heures : dites pourquoi.", severity=Severity.WARN)


def test_obstacles_tell_their_severity_in_a_word_and_their_article() -> None:
    html = flat(show("{% obstacles o %}", o=(REFUS, DOUX)))
    assert "Bloque" in html
    assert "À vérifier" in html
    assert f"art.{N}R.{N}6313-8" in html
    assert flat(show("{% obstacles o %}", o=())) == ""


def test_a_greyed_button_says_why_and_does_not_submit() -> None:
    blocked = flat(show('{% bouton "Signer la convention" obstacles=o %}', o=(REFUS, DOUX)))
    assert 'aria-disabled="true"' in blocked
    assert 'type="submit"' not in blocked
    assert "La convention n’est pas signée." in blocked
    assert "Peu d’heures" not in blocked
    free = show('{% bouton "Signer la convention" obstacles=o %}', o=(DOUX,))
    assert 'type="submit"' in free
    assert "aria-disabled" not in free


def test_a_word_of_the_law_is_explained_and_an_unknown_one_is_refused() -> None:
    html = show('{% terme "cette convention" cle="convention" %}')
    assert "cette convention" in html
    assert f"art.{N}R.{N}6313-8" in html
    with pytest.raises(ValueError, match="not in the glossary"):
        show('{% terme "convention de Genève" %}')


def test_the_bar_of_hours_says_in_words_when_the_limit_is_passed() -> None:
    fits = flat(show("{% barre_heures faites=870 prevues=1200 limite=1440 %}"))
    over = flat(show("{% barre_heures faites=1500 prevues=1200 limite=1440 %}"))
    assert "de trop" not in fits
    assert f"1{N}h de trop" in over
    assert 'width="60.42%"' in fits
    assert 'width="100.00%"' in over
    with pytest.raises(ValueError, match="legal limit"):
        show("{% barre_heures faites=60 prevues=60 limite=0 %}")


def test_the_line_marks_where_one_is_and_says_each_state() -> None:
    steps = [
        {"titre": "Préliminaire", "etat": "fait", "detail": "le 3 mars"},
        {"titre": "Investigation", "etat": "en_cours"},
        {"titre": "Conclusions", "etat": "a_venir"},
    ]
    html = flat(show("{% ligne_jalons e %}", e=steps))
    assert html.count('aria-current="step"') == 1
    assert all(word in html for word in ("Fait", "En cours", "À venir", "le 3 mars"))
    with pytest.raises(ValueError, match="perdu"):
        show("{% ligne_jalons e %}", e=[{"titre": "X", "etat": "perdu"}])


def test_filters_and_pages_stay_in_the_address() -> None:
    from django.core.paginator import Paginator

    request = RequestFactory().get("/dossiers/", {"etat": "en_cours", "page": "2"})
    page = Paginator(range(50), 10).get_page(2)
    html = Template("{% load jalon %}{% pagination p %}").render(Context({"request": request, "p": page}))
    assert "?etat=en_cours&amp;page=3" in html
    assert "?etat=en_cours&amp;page=1" in html
    single = Paginator(range(5), 10).get_page(1)
    assert (
        flat(
            Template("{% load jalon %}{% pagination p %}").render(Context({"request": request, "p": single}))
        )
        == ""
    )
