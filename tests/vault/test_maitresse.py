"""The master key: on paper, typed back with mistakes found line by line, and never guessed."""

from __future__ import annotations

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.vault import CleIllisible, CoffreRefuse
from jalon.vault.maitresse import format_secours, new_master, parse_secours, read_master, write_master

MASTER = bytes(range(32))
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(st.binary(min_size=32, max_size=32))
def test_the_sheet_gives_the_key_back(master):
    lines = format_secours(master)
    assert len(lines) == 4
    assert parse_secours("\n".join(lines)) == master


def test_the_sheet_has_no_ambiguous_letter():
    lines = format_secours(MASTER)
    assert [line[:3] for line in lines] == ["1. ", "2. ", "3. ", "4. "]
    assert all(set(line[3:]) <= set(ALPHABET + "-") and len(line) == 3 + 19 for line in lines)


@given(st.integers(0, 3), st.integers(0, 15), st.sampled_from(ALPHABET))
def test_one_letter_typed_wrong_is_found_and_its_line_named(number, position, letter):
    lines = [line[3:].replace("-", "") for line in format_secours(MASTER)]
    wrong = lines[number][:position] + letter + lines[number][position + 1 :]
    typed = "\n".join([*lines[:number], wrong, *lines[number + 1 :]])
    if wrong == lines[number]:
        assert parse_secours(typed) == MASTER
        return
    with pytest.raises(CleIllisible, match=f"^Ligne {number + 1}\u00a0: une erreur de frappe") as caught:
        parse_secours(typed)
    assert caught.value.ligne == number + 1


@pytest.mark.parametrize(
    "dress",
    [
        lambda lines: "\n".join(lines).lower(),
        lambda lines: " ".join(lines),
        lambda lines: "".join(line[3:] for line in lines),
        lambda lines: "\r\n".join(f"  {line[3:].replace('-', ' ')}  " for line in lines),
        lambda lines: "# clé de secours\n\n" + "\n\n".join(lines) + "\n",
        lambda lines: "\n".join(line.replace("1", "l").replace("0", "O")[2:] for line in lines),
        lambda lines: "\n".join(line.replace(". ", ") ").replace("-", "–") for line in lines),
    ],
)
def test_case_dashes_spaces_and_lookalikes_are_free(dress):
    for master in (MASTER, bytes(32), b"\xff" * 32):
        assert parse_secours(dress(format_secours(master))) == master


def test_swapped_missing_and_short_lines_are_told():
    one, two, three, four = (line[3:] for line in format_secours(MASTER))
    for typed, says, number in (
        ([two, one, three, four], "ce n’est pas la ligne 1", 1),
        ([one, two, three], "quatre lignes", None),
        ([one, two, three, four, four], "quatre lignes", None),
        ([one, two, three[:-1], four], "15 caractères au lieu de 16", 3),
        ([one, two + "Z", three, four], "17 caractères au lieu de 16", 2),
        ([one, two, three, four[:-1] + "U"], "le caractère 16 n’existe pas", 4),
        ([one, "é" + two[1:], three, four], "le caractère 1 n’existe pas", 2),
        ([""], "0 ont été lues", None),
    ):
        with pytest.raises(CleIllisible, match=says) as caught:
            parse_secours("\n".join(typed))
        assert caught.value.ligne == number


def test_the_key_is_taken_from_the_environment_then_its_file_then_the_home(tmp_path):
    keys = [new_master() for _ in range(3)]
    write_master(tmp_path / "ailleurs" / "cle", keys[1])
    write_master(tmp_path / "cle-maitresse", keys[2])
    environ = {
        "JALON_MASTER_KEY": " ".join(format_secours(keys[0])),
        "JALON_MASTER_KEY_FILE": str(tmp_path / "ailleurs" / "cle"),
    }
    assert read_master(tmp_path, environ) == keys[0]
    del environ["JALON_MASTER_KEY"]
    assert read_master(tmp_path, environ) == keys[1]
    assert read_master(tmp_path, {"JALON_MASTER_KEY_FILE": " "}) == keys[2]


def test_a_missing_key_is_refused_and_none_is_made(tmp_path):
    with pytest.raises(CoffreRefuse, match="introuvable"):
        read_master(tmp_path, {})
    with pytest.raises(CoffreRefuse, match="ne peut pas être lu"):
        read_master(tmp_path, {"JALON_MASTER_KEY_FILE": str(tmp_path / "absente")})
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "cle-maitresse"
    write_master(path, MASTER)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_master(tmp_path, {}) == MASTER
    path.chmod(0o644)
    with pytest.raises(CoffreRefuse, match="chmod 600"):
        read_master(tmp_path, {})


def test_a_key_is_never_written_over_another(tmp_path):
    path = tmp_path / "cle-maitresse"
    write_master(path, MASTER)
    with pytest.raises(CoffreRefuse, match="déjà une clé maîtresse"):
        write_master(path, bytes(32))
    assert read_master(tmp_path, {}) == MASTER


def test_a_refusal_never_shows_the_key(tmp_path):
    lines = format_secours(MASTER)
    with pytest.raises(CoffreRefuse) as caught:
        parse_secours("\n".join([*lines[:3], lines[3][:-1] + ("0" if lines[3][-1] != "0" else "1")]))
    assert not any(line[3:7] in str(caught.value) for line in lines)
