"""The table of rights, as an auditor reads it."""

import pytest

from jalon.access.matrix import MATRIX, OPENS_CONTENT, Action, Role, allows


def test_every_action_has_its_row_and_no_row_is_unknown():
    assert set(MATRIX) == set(Action)


@pytest.mark.parametrize("action", sorted(OPENS_CONTENT))
def test_no_administrative_role_opens_content(action):
    assert MATRIX[action]
    assert not MATRIX[action] & {
        Role.ASSISTANT,
        Role.RESPONSABLE,
        Role.EMPLOYEUR,
        Role.AUDITEUR,
        Role.SYSTEME,
    }


def test_unknown_means_no():
    assert allows(Action.GIVE_CONSENTEMENT, {Role.BENEFICIAIRE})
    assert not allows(Action.GIVE_CONSENTEMENT, set())
    assert not allows("never_heard_of", set(Role))  # type: ignore[arg-type]
