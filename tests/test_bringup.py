from tests.cast import Cast
def test_join(cast: Cast) -> None:
    assert cast.ada.other.person_name == "Ben Moor"
    assert cast.ben.other.person_name == "Ada Lane"
    assert not cast.ada.alone
    assert cast.bea.side_id == cast.ben.side_id
    assert cast.eve_person
