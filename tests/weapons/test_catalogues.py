import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tracemark.weapons import Catalogue, Material, Part, Resolved, catalogue, fold, parse_scheme

KNOWN = catalogue()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _not_found(texts: Counter[str], find: Callable[[str], Resolved]) -> Counter[str]:
    return Counter({text: number for text, number in texts.items() if not find(text).code})


def _uncertain(texts: Counter[str], find: Callable[[str], Resolved]) -> Counter[str]:
    return Counter({text: number for text, number in texts.items() if not find(text).certain})


def test_lists_are_as_long_as_promised() -> None:
    assert len(KNOWN.makers) >= 300
    assert len(KNOWN.models) >= 900
    assert len(KNOWN.calibres) >= 250
    assert sum(1 for state in KNOWN.states.values() if state.status == "member") == 193


def test_every_code_that_is_named_is_defined() -> None:
    named = {
        "State": (KNOWN.states, [each.country for each in KNOWN.makers.values()]),
        "maker": (KNOWN.makers, [each.maker for each in KNOWN.models.values()]),
        "kind": (KNOWN.kinds, [each.kind for each in KNOWN.models.values()]),
        "calibre": (KNOWN.calibres, [code for each in KNOWN.models.values() for code in each.calibres]),
        "successor": (KNOWN.states, [code for each in KNOWN.states.values() for code in each.successors]),
    }
    assert [(what, set(codes) - set(known)) for what, (known, codes) in named.items() if set(codes) - set(known)] == []


@pytest.mark.parametrize("name", ["kinds", "makers", "models", "calibres", "states"])
def test_files_are_sorted_unique_and_rectangular(name: str) -> None:
    path = Path(__file__).parents[2] / "src" / "tracemark" / "weapons" / "lists" / f"{name}.csv"
    header, *lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    codes = [line[0] for line in lines]
    assert header[0] == "code"
    assert codes == sorted(set(codes))
    assert {len(line) for line in lines} == {len(header)}
    assert not [line for line in lines if any(field != field.strip() or "||" in field for field in line)]


def test_codes_are_slugs_and_a_model_begins_with_its_maker() -> None:
    slug = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
    assert [code for code in (*KNOWN.kinds, *KNOWN.makers, *KNOWN.calibres) if not slug.fullmatch(code)] == []
    assert [
        model.code
        for model in KNOWN.models.values()
        if not slug.fullmatch(model.code.removeprefix(f"{model.maker}/")) or not KNOWN.models_of(model.maker)
    ] == []


def test_every_maker_has_a_model() -> None:
    assert [maker for maker in KNOWN.makers if not KNOWN.models_of(maker)] == []


def test_years_run_forwards() -> None:
    assert [
        model.code
        for model in KNOWN.models.values()
        if model.made_from is None or not 1600 < model.made_from <= (model.made_until or 2030)
    ] == []


def test_every_serial_scheme_can_be_read_and_fits_what_it_makes() -> None:
    schemes = {model.code: parse_scheme(model.serial_scheme) for model in KNOWN.models.values()}
    assert [code for code, scheme in schemes.items() if not scheme.fits(scheme.serial(scheme.capacity - 1, 2019))] == []
    assert min(scheme.capacity for scheme in schemes.values()) >= 10_000


def test_iso_codes_are_unique_and_the_demonstration_state_is_user_assigned() -> None:
    states = KNOWN.states.values()
    assert max(Counter(state.alpha3 for state in states).values()) == 1
    assert max(Counter(state.m49 for state in states if state.m49).values()) == 1
    assert [state.code for state in states if state.status == "fictional"] == ["XE", "XT"]


def test_every_region_makes_weapons() -> None:
    regions = {KNOWN.state(maker.country).region for maker in KNOWN.makers.values()}
    assert regions == {"Africa", "Americas", "Asia", "Europe", "Oceania"}


def test_no_code_of_a_maker_is_a_name_of_another() -> None:
    assert [code for code in KNOWN.makers if KNOWN.find_maker(code) != Resolved(code, certain=True, by="code")] == []


def test_names_that_several_entries_bear_are_these() -> None:
    shared = KNOWN.shared_names()
    assert {name: found for name, found in shared.items() if name != "models"} == {
        "kinds": {},
        "makers": {
            "sigarms": ("sig_neuhausen", "sig_sauer_us"),
            "sigsauer": ("sig_sauer_de", "sig_sauer_us", "swiss_arms"),
            "springfieldarmory": ("springfield_armory_inc", "us_springfield_armory"),
        },
        "calibres": {},
        "states": {},
    }
    assert [key for key in shared["models"] if KNOWN.find_model(key).certain] == []


def test_names_that_several_entries_bear_are_resolved_alike_whatever_the_order_of_rows() -> None:
    reversed_rows = Catalogue({name: dict(reversed(list(rows.items()))) for name, rows in KNOWN._rows.items()})
    for key in KNOWN.shared_names()["models"]:
        assert reversed_rows.find_model(key) == KNOWN.find_model(key)


@pytest.mark.parametrize(
    ("text", "code", "by"),
    [
        ("glock", "glock", "code"),
        ("GLOCK", "glock", "code"),
        ("Glock, Inc.", "glock", "alias"),
        ("GLC", "glock", "ncic"),
        ("S&W", "smith_wesson", "alias"),
        ("Smith and Wesson", "smith_wesson", "name"),
        ("SARSILMAZ", "sarsilmaz", "code"),
        ("Sarsılmaz", "sarsilmaz", "code"),
        ("Ижевский механический завод", "izhmekh", "alias"),
        ("Ижмаш", "izhmash", "alias"),
        ("中国北方工业", "norinco", "alias"),
        ("circle 11", "lucznik", "alias"),
        ("STURM, RUGER & CO., INC.", "ruger", "alias"),
    ],
)
def test_a_maker_is_found_as_people_write_it(text: str, code: str, by: str) -> None:
    found = KNOWN.find_maker(text)
    assert (found.code, found.certain, found.by, found.suggestions) == (code, True, by, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9 mm Luger", "9x19"),
        ("9x19", "9x19"),
        ("9 × 19 mm", "9x19"),
        ("9mm Para", "9x19"),
        ("9 MM PARABELLUM", "9x19"),
        ("40 S&W", "40_sw"),
        (".40 Smith & Wesson", "40_sw"),
        ("7,62x39", "7_62x39"),
        ("7.62×39", "7_62x39"),
        ("7,62х39", "7_62x39"),
        ("9 мм ПМ", "9x18"),
        ("12 Gauge", "12_ga"),
        ("12GA", "12_ga"),
        (".357 Mag.", "357_magnum"),
        ("10mm", "10mm_auto"),
        ("5.56", "5_56x45"),
    ],
)
def test_a_calibre_is_found_as_people_write_it(text: str, code: str) -> None:
    found = KNOWN.find_calibre(text)
    assert (found.code, found.certain) == (code, True)


@pytest.mark.parametrize(
    ("text", "code", "other"),
    [
        (".40", "40_sw", "10mm_auto"),
        ("0.40", "40_sw", "10mm_auto"),
        ("40.0", "40_sw", "10mm_auto"),
        ("9mm", "9x19", "380_acp"),
        (".45", "45_acp", "45_colt"),
        ("cal. .38", "38_special", "38_sw"),
        ("7.62", "7_62x39", "7_62x51"),
    ],
)
def test_a_bare_bore_is_the_usual_calibre_but_never_certain(text: str, code: str, other: str) -> None:
    found = KNOWN.find_calibre(text)
    assert (found.code, found.certain, found.suggestions[0]) == (code, False, other)


@pytest.mark.parametrize(
    ("text", "code", "others"),
    [
        ("HECKLER & KOCH / H&K", "heckler_koch", ()),
        ("ISRAEL MILITARY INDUSTRIES (IMI) / ISRAEL WEAPON INDUSTRIES (IWI)", "imi", ("iwi",)),
    ],
)
def test_a_maker_named_twice_is_found_by_its_pieces_but_never_certain(
    text: str, code: str, others: tuple[str, ...]
) -> None:
    assert KNOWN.find_maker(text) == Resolved(code, certain=False, by="alias", suggestions=others)


def test_two_calibres_on_one_weapon_are_the_first_but_never_certain() -> None:
    found = KNOWN.find_calibre(".223/5.56")
    assert found == Resolved("223_remington", certain=False, by="alias", suggestions=("5_56x45",))


def test_a_decimal_point_tells_a_pistol_from_a_recoilless_gun() -> None:
    assert KNOWN.find_calibre("5.7 mm").code == "5_7x28"
    assert KNOWN.find_calibre("57 mm").code == "57_rr"


@pytest.mark.parametrize(
    ("text", "maker", "code", "certain"),
    [
        ("Glock 19", "", "glock/19", True),
        ("glock/19", "", "glock/19", True),
        ("G19", "glock", "glock/19", True),
        ("19", "glock", "glock/19", True),
        ("Glock 19", "glock", "glock/19", True),
        ("Smith & Wesson M&P 9 Shield", "", "smith_wesson/m_p9_shield", True),
        ("AKM", "lucznik", "lucznik/kbk_akm", True),
        ("AKM", "", "izhmash/akm", False),
        ("AK-47", "", "izhmash/ak", False),
        ("P320", "", "sig_sauer_us/p320", True),
        ("Model 19", "smith_wesson", "smith_wesson/19", True),
        ("P320", "glock", "", False),
    ],
)
def test_a_model_that_several_make_is_certain_only_beside_its_maker(
    text: str, maker: str, code: str, certain: bool
) -> None:
    found = KNOWN.find_model(text, maker)
    assert (found.code, found.certain) == (code, certain)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USA", "US"),
        ("840", "US"),
        ("de", "DE"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("MADE IN ITALY", "IT"),
        ("СССР", "SU"),
        ("Côte d'Ivoire", "CI"),
        ("COTE D’IVOIRE", "CI"),
        ("مصر", "EG"),
    ],
)
def test_a_state_is_found_by_code_number_name_and_mark(text: str, code: str) -> None:
    found = KNOWN.find_state(text)
    assert (found.code, found.certain) == (code, True)


@pytest.mark.parametrize(
    ("text", "code", "certain"),
    [
        ("PI", "pistol", True),
        ("PR", "revolver", True),
        ("R", "rifle", True),
        ("P", "pistol", False),
        ("SMG", "submachine_gun", True),
    ],
)
def test_a_kind_is_found_by_the_letters_of_ncic(text: str, code: str, certain: bool) -> None:
    found = KNOWN.find_kind(text)
    assert (found.code, found.certain) == (code, certain)


def test_a_misspelling_is_suggested_and_never_taken() -> None:
    assert KNOWN.find_maker("Smyth & Weson") == Resolved("", certain=False, by="near", suggestions=("smith_wesson",))
    assert KNOWN.find_maker("") == Resolved("", certain=False, by="near")
    assert KNOWN.find_maker("?!") == Resolved("", certain=False, by="near")


def test_entries_hold_what_the_lists_say() -> None:
    glock = KNOWN.model("glock/19")
    assert (glock.kind, glock.calibres, glock.frame_material) == ("pistol", ("9x19",), Material.POLYMER)
    assert (glock.control_part, glock.modular) == (Part.FRAME, False)
    ar15 = KNOWN.model("bushmaster/xm15_e2s")
    assert (ar15.control_part, ar15.modular) == (Part.LOWER_RECEIVER, True)
    assert KNOWN.calibre("7_62x39").bore_mm == "7.62"
    assert KNOWN.state("SU").successors[0] == "RU"


def test_ncic_codes_are_those_of_the_code_lists(shared_data: Path) -> None:
    folder = shared_data / "ncic_gun_codes"
    makes, calibres, types, descriptions = (
        {row["code"] for row in _rows(folder / f"{name}.csv")}
        for name in ("gun_make", "gun_calibre", "gun_type", "gun_type_description")
    )
    assert {maker.ncic for maker in KNOWN.makers.values()} - {""} <= makes
    assert {calibre.ncic for calibre in KNOWN.calibres.values()} - {""} <= calibres
    assert {kind.ncic for kind in KNOWN.kinds.values()} <= types
    assert {kind.ncic_description for kind in KNOWN.kinds.values()} - {""} <= descriptions


def test_headings_are_those_of_the_harmonized_system(shared_data: Path) -> None:
    headings = {row["hscode"] for row in _rows(shared_data / "hs_codes_93" / "hs93.csv")}
    assert {kind.hs for kind in KNOWN.kinds.values()} <= headings


def test_makers_and_calibres_of_traced_weapons_are_found(delaware_traces: Path) -> None:
    rows = _rows(delaware_traces)
    makers = Counter(row["manufacturer_name"] for row in rows if row["manufacturer_name"])
    calibres = Counter(row["firearm_caliber"] for row in rows if row["firearm_caliber"])
    print("unknown:", _not_found(makers, KNOWN.find_maker), _not_found(calibres, KNOWN.find_calibre))
    print("uncertain:", _uncertain(makers, KNOWN.find_maker), _uncertain(calibres, KNOWN.find_calibre))
    assert (makers.total(), _not_found(makers, KNOWN.find_maker).total()) == (540, 0)
    assert (calibres.total(), _not_found(calibres, KNOWN.find_calibre).total()) == (587, 0)
    assert _uncertain(makers, KNOWN.find_maker).total() == 60
    assert _uncertain(calibres, KNOWN.find_calibre).total() == 574


def test_spellings_of_other_lists_are_found_in_these_shares(shared_data: Path) -> None:
    makes = Counter({row["make"] for row in _rows(shared_data / "nvdrs_make_models" / "nvdrs_models.csv")})
    cartridges = Counter(row["name"] for row in _rows(shared_data / "cartridge_lists" / "ammolytics_cartridges.csv"))
    print("unknown:", _not_found(makes, KNOWN.find_maker), _not_found(cartridges, KNOWN.find_calibre))
    assert (makes.total(), _not_found(makes, KNOWN.find_maker).total()) == (173, 52)
    assert (cartridges.total(), _not_found(cartridges, KNOWN.find_calibre).total()) == (734, 353)


def test_an_alias_never_folds_to_nothing() -> None:
    rows = KNOWN._rows
    names = [
        name for each in rows.values() for row in each.values() for name in (row["name"], *row["aliases"].split("|"))
    ]
    assert [name for name in names if name and not fold(name)] == []
