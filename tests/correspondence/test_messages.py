import pytest

from tracemark.correspondence import Message


@pytest.mark.parametrize("written", ["tracemark.note", "tracemark.note/0", "Note/1", "/1", "note/1 ", ""])
def test_a_type_names_its_version(written: str) -> None:
    with pytest.raises(ValueError, match="no type"):
        Message("xb/tracemark/record", written, {})


def test_a_type_of_another_vendor_is_one_too() -> None:
    assert Message("xb/tracemark/record", "vendor.other-thing/12", {}).type == "vendor.other-thing/12"
