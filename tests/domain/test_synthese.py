"""What stands in the way of the synthesis, told all at once."""

from jalon.domain.faits import Etat
from jalon.domain.synthese import delivery_obstacles, proposal_obstacles


def codes(found):
    return [o.code for o in found]


def test_it_is_proposed_in_the_conclusions_once_written():
    assert codes(proposal_obstacles(Etat.INVESTIGATION, ecrite=False)) == ["vide", "etat"]
    assert proposal_obstacles(Etat.CONCLUSIONS, ecrite=True) == []


def test_it_is_handed_over_once_read_and_approved():
    ready = {"ecrite": True, "proposee": True, "validee": True, "remise": False}
    assert delivery_obstacles(Etat.CONCLUSIONS, **ready) == []
    assert codes(delivery_obstacles(Etat.INVESTIGATION, **ready | {"validee": False})) == [
        "validation",
        "etat",
    ]
    assert codes(delivery_obstacles(Etat.CONCLUSIONS, **ready | {"proposee": False})) == ["partage"]
    assert codes(delivery_obstacles(Etat.CONCLUSIONS, **ready | {"ecrite": False})) == ["vide"]
    assert codes(delivery_obstacles(Etat.CONCLUSIONS, **ready | {"remise": True})) == ["remise"]
    assert all(o.source for o in delivery_obstacles(Etat.INVESTIGATION, **ready | {"validee": False}))
