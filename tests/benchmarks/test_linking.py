from benchmarks import linking


def test_both_systems_answer_the_same_rows() -> None:
    registered, asked = linking.drawn(60, 3000)
    for name in ("tracemark_duckdb", "splink_duckdb"):
        found = linking.figures(linking.SYSTEMS[name](registered, asked), asked)
        assert found["rows"] == len(asked)
        assert 0.2 < float(found["recall_at_1"] or 0) <= 1, name
