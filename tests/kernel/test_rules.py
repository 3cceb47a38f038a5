import pytest

from tracemark.kernel import Finding, Refused, cite, findings, rule


@rule("weapons.too_old", "ITI 4")
def not_too_old(year: int) -> dict[str, int] | None:
    return None if year >= 1900 else {"year": year}


def test_a_rule_returns_its_code_paragraph_and_facts() -> None:
    assert not_too_old(1899) == [Finding("weapons.too_old", cite("ITI 4"), {"year": 1899})]
    assert findings((not_too_old,), 1900) == []


def test_a_refusal_carries_its_findings() -> None:
    with pytest.raises(Refused, match=r"weapons.too_old \(ITI 4\)") as refused:
        raise Refused(not_too_old(1850))
    assert refused.value.findings == tuple(not_too_old(1850))
