"""Files of IATI: the standard's own test set decides what is valid; what is refused says where and what to do."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from tracemark.assistance import Budget, Money, Narrative, Organisation, Payment, Share
from tracemark.exchange import DocumentRefused, IatiFile, read_iati
from tracemark.wording import finding_text

HEAD = """<iati-activity xml:lang="en" default-currency="EUR">
  <iati-identifier> XX-1-7 </iati-identifier>
  <reporting-org ref="XX-1" type="10"><narrative>Agency</narrative></reporting-org>
  <title><narrative>Small arms</narrative><narrative xml:lang="fr">Armes</narrative></title>
  <description><narrative>What is done.</narrative></description>
  <participating-org role="4"><narrative>Partner</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2026-01-31Z"/>
"""
TAIL = """  <recipient-country code="XA" percentage="60"/><recipient-region code="298" vocabulary="1" percentage="40"/>
  <sector code="15240"/><sector code="FC" vocabulary="99"/>
  <budget><period-start iso-date="2026-01-01"/><period-end iso-date="2026-12-31"/>
    <value value-date="2026-01-01">1500.50</value></budget>
  <transaction><transaction-type code="3"/><transaction-date iso-date="2026-02-01"/>
    <value currency="USD" value-date="2026-02-01">20</value>
    <receiver-org><narrative>Partner</narrative></receiver-org></transaction>
</iati-activity>
"""

TWICE = HEAD.replace("<title>", "<title><narrative>x</narrative></title><title>")


def written(tmp_path: Path, *activities: str, version: str = ' version="2.03"', before: str = "") -> Path:
    path = tmp_path / "aid.xml"
    path.write_text(f"{before}<iati-activities{version}>\n{''.join(activities)}</iati-activities>", "utf-8")
    return path


def said(path: Path, version: str = "") -> list[str]:
    with pytest.raises(DocumentRefused) as refused:
        read_iati(path, version=version)
    return [finding_text(each) for each in refused.value.findings]


def test_an_activity_is_read_with_who_where_what_when_and_how_much(tmp_path: Path) -> None:
    found = read_iati(written(tmp_path, HEAD + TAIL))
    [read] = found.activities
    assert (found.version, found.total, found.left_out) == ("2.03", 1, {})
    assert (read.identifier, read.reporting) == ("XX-1-7", Organisation("Agency", "XX-1", "10"))
    assert read.titles == (Narrative("Small arms", "en"), Narrative("Armes", "fr"))
    assert (read.title("fr"), read.title("ar")) == ("Armes", "Small arms")
    assert read.participating == (Organisation("Partner", role="4"),)
    assert (read.status, read.dates) == ("2", (("2", date(2026, 1, 31)),))
    assert read.countries == (Share("XA", "", Decimal(60)),)
    assert read.regions == (Share("298", "1", Decimal(40)),)
    assert read.sectors == (Share("15240", "1"), Share("FC", "99"))
    day = date(2026, 1, 1)
    assert read.budgets == (Budget(day, date(2026, 12, 31), Money(Decimal("1500.50"), "EUR", day)),)
    day = date(2026, 2, 1)
    assert read.payments == (Payment("3", day, Money(Decimal(20), "USD", day), receiver="Partner"),)


@pytest.mark.parametrize(
    ("activity", "told"),
    [
        (TWICE + TAIL, "aid.xml, line 5: <title> may not stand here."),
        (HEAD.replace(' ref="XX-1"', "") + TAIL, "aid.xml, line 4: <reporting-org> lacks the attribute ref. Add it."),
        (HEAD + TAIL.replace("1500.50", "much"), "line 13: “much” in <value> is not written as the standard asks."),
        (HEAD.replace('code="2"/>', 'code="2">x</activity-status>') + TAIL, "<activity-status> may not hold text"),
        (HEAD.replace("<activity-status ", '<activity-status why="" ') + TAIL, "has an attribute why that"),
        ("<iati-activity/>", "<iati-activity> is not complete: iati-identifier must follow in it."),
    ],
)  # fmt: skip
def test_what_is_not_valid_is_refused_with_line_element_and_what_to_do(
    activity: str, told: str, tmp_path: Path
) -> None:
    [first, *_] = said(written(tmp_path, activity))
    assert told in first


def test_a_file_that_says_no_version_is_held_to_the_standard_unless_somebody_says_which(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + TAIL, version="")
    assert said(path) == ["aid.xml, line 1: <iati-activities> lacks the attribute version. Add it. (PoA III.6)"]
    assert read_iati(path, version="1.01").total == 1


def test_no_document_type_no_entity_and_no_other_file_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    outside = f'<!DOCTYPE iati-activities [<!ENTITY x SYSTEM "{secret}">]>'
    for before in (outside, '<!DOCTYPE iati-activities SYSTEM "other.dtd">', "<!DOCTYPE iati-activities>"):
        [told] = said(written(tmp_path, HEAD + TAIL, before=before))
        assert told.startswith("aid.xml declares a document type, which is not allowed")


def test_a_document_type_in_another_encoding_is_seen_too(tmp_path: Path) -> None:
    path = tmp_path / "aid.xml"
    path.write_bytes(f"<!DOCTYPE iati-activities><iati-activities>{HEAD}{TAIL}</iati-activities>".encode("utf-16"))
    [told] = said(path)
    assert "declares a document type" in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "aid.xml is not well-formed XML: no root element"),
        ("no xml", "aid.xml is not well-formed XML, at line 1: Start tag expected"),
        ("<a><b></b></a>", "aid.xml, line 1: the file begins with <a>, not with <iati-activities>."),
        ("<a><b></a>", "aid.xml is not well-formed XML, at line 1: Opening and ending tag mismatch"),
    ],
)  # fmt: skip
def test_what_is_no_xml_or_no_file_of_activities_is_refused(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "aid.xml"
    path.write_text(content)
    [first] = said(path)
    assert first.startswith(told)


@pytest.mark.parametrize("version", ["2.03", "1.02"])
def test_a_file_that_breaks_off_is_refused_whole(version: str, tmp_path: Path) -> None:
    path = tmp_path / "aid.xml"
    path.write_text(f"<iati-activities version='{version}'>{HEAD}{TAIL}<iati-activity>")
    [told] = said(path)
    assert told.startswith("aid.xml is not well-formed XML, at line 17: Premature end of data")


def test_an_activity_that_never_ends_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracemark.exchange.iati.LARGEST_ACTIVITY_BYTES", 1 << 19)
    filler = "<!-- nothing -->" * (1 << 16)
    [told] = said(written(tmp_path, HEAD + filler + TAIL))
    assert told.startswith("aid.xml is too large")


def test_only_what_is_wanted_is_kept_and_everything_is_counted(tmp_path: Path) -> None:
    other = (HEAD + TAIL).replace("XX-1-7", "XX-1-8")
    found = read_iati(written(tmp_path, HEAD + TAIL, other), wanted=lambda each: each.identifier.endswith("8"))
    assert ([each.identifier for each in found.activities], found.total) == (["XX-1-8"], 2)


FIRST = """<iati-activity xml:lang="en" default-currency="GBP">
  <reporting-org ref="GB-1" type="10">A ministry</reporting-org>
  <participating-org ref="22000" role="Implementing">A body</participating-org>
  <recipient-country code="TZ">Tanzania</recipient-country>
  <iati-identifier>GB-1-7</iati-identifier>
  <title>Small arms</title><description type="1">Words</description>
  <sector code="15240" vocabulary="DAC">x</sector><sector vocabulary="RO"/>
  <activity-date type="start-planned" iso-date="2006-12-01"/><activity-date type="start">2007</activity-date>
  <activity-status code="4"/>
  <budget type="Revised"><period-start iso-date="2008-04-01"/><period-end iso-date="2009-03-31"/>
    <value value-date="2006-12-01">1,000</value></budget><budget><value>7</value></budget>
  <transaction><value value-date="2006-12-01">5</value><transaction-type code="C"/>
    <transaction-date>later</transaction-date></transaction>
  <transaction><value>5</value><transaction-type code="ZZ"/></transaction>
</iati-activity>"""


def test_a_file_of_iati_1_is_read_as_far_as_it_says_what_it_means(tmp_path: Path) -> None:
    nameless = "<iati-activity><title>x</title></iati-activity>"
    untitled = "<iati-activity><iati-identifier>x</iati-identifier></iati-activity>"
    found = read_iati(written(tmp_path, FIRST, nameless, untitled, version=' version="1.02"'))
    [read] = found.activities
    assert (found.version, found.total) == ("1.02", 3)
    assert found.left_out == {
        "iati_no_identifier": 1, "iati_no_title": 1, "iati_date_unread": 1, "iati_code_missing": 1,
        "iati_budget_unread": 1, "iati_payment_unread": 1,
    }  # fmt: skip
    assert (read.participating, read.dates) == (
        (Organisation("A body", "22000", "", "4"),),
        (("1", date(2006, 12, 1)),),
    )
    assert read.sectors == (Share("15240", "1"),)
    day = date(2006, 12, 1)
    assert read.budgets == (Budget(date(2008, 4, 1), date(2009, 3, 31), Money(Decimal(1000), "GBP", day)),)
    assert read.payments == (Payment("2", day, Money(Decimal(5), "GBP", day)),)


def verdict(path: Path) -> bool:
    try:
        read_iati(path)
    except DocumentRefused:
        return False
    return True


def test_the_standards_own_set_is_accepted_and_rejected_as_it_asks(shared_data: Path) -> None:
    """The set of IATI 2.03 has 215 files of activities that are valid and 323 that are not, none of them ours."""
    found = Counter[tuple[str, bool]]()
    for path in sorted((shared_data / "iati_samples" / "iati-schemas-2.03" / "tests").rglob("*.xml")):
        if etree.parse(str(path)).getroot().tag == "iati-activities" and "registry-tests" not in path.parts:
            asked = "valid" if "should-pass" in path.parts else "not valid"
            found[asked, verdict(path)] += 1
    assert found == {("valid", True): 215, ("not valid", False): 323}


def test_real_files_are_read_whole_and_what_is_left_out_is_counted(shared_data: Path) -> None:
    def read(name: str, version: str = "") -> IatiFile:
        return read_iati(shared_data / "iati_samples" / name, version=version)

    agencies, donor = read("oipa_example_203_references.xml"), read("dfid_tanzania_1.02.xml")
    assert (len(agencies.activities), agencies.left_out) == (577, {})
    assert (len(donor.activities), donor.left_out) == (273, {})
    none = read("ocha-test-data.xml", "1.01")
    assert (len(none.activities), none.left_out) == (0, {"iati_no_identifier": 287})
