from tracemark.node import item_lines


def test_a_list_is_read_by_its_heading() -> None:
    told = b"No.;Serial number;Line\n1;CAK 4711;2\n2;;1\n3; U771204 ;\n"
    assert item_lines("came.csv", told) == ["CAK 4711; 2", "U771204"]


def test_an_identity_comes_before_a_serial_and_without_either_the_first_column_counts() -> None:
    assert item_lines("came.csv", b"serial,weapon\nA1,W-12\nA2,\n") == ["W-12", "A2"]
    assert item_lines("came.txt", b"number,colour\nA1,black\nA2,red\n") == ["A1", "A2"]
