"""What the tracked starting data says, and what its readers make of it."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from compliance.data.observations import ObservationRow, observations, valid_from
from compliance.data.region_names import match_region
from compliance.data.regions import aliases, region_by_code, regions


def observation(kode: str) -> ObservationRow:
    return next(row for row in observations() if row.id == kode)


def test_there_are_indonesia_38_provinces_and_514_kabupaten_and_kota() -> None:
    kinds = Counter(region.jenis for region in regions())
    assert kinds["negara"] == 1
    assert kinds["provinsi"] == 38
    assert kinds["kabupaten"] + kinds["kota"] == 514


def test_every_code_is_there_once_and_every_kabupaten_lies_in_the_province_its_code_begins_with() -> None:
    assert len(region_by_code()) == len(regions())
    for region in regions():
        assert region.provinsi == (region.kode[:2] if "." in region.kode else None)


def test_names_carry_no_outer_spaces_of_the_source() -> None:
    assert [region.nama for region in regions() if region.nama != region.nama.strip()] == []


def test_an_area_the_source_leaves_empty_is_unknown() -> None:
    assert region_by_code()["31"].luas_km2 is None
    assert region_by_code()["62"].luas_km2 == Decimal("153430.363")


def test_kalimantan_tengah_has_fourteen_kabupaten_and_kota() -> None:
    assert sum(region.provinsi == "62" for region in regions()) == 14


def test_no_deciding_alias_means_two_regions_or_is_another_regions_official_name() -> None:
    owners: dict[str, set[str]] = {}
    for row in aliases():
        assert row.sifat in {"singkatan", "ejaan", "lama"}
        if row.sifat == "singkatan":
            owners.setdefault(row.alias.casefold(), set()).add(row.kode)
            assert match_region(row.alias).kode == row.kode, row
    assert {alias: codes for alias, codes in owners.items() if len(codes) > 1} == {}


def test_every_official_name_resolves_to_its_own_region() -> None:
    for region in regions():
        name = f"Provinsi {region.nama}" if region.jenis == "provinsi" else region.nama
        assert match_region(name).kode == region.kode, name
        assert match_region(name.upper()).kode == region.kode, name
        assert match_region(region.kode).kode == region.kode


@pytest.mark.parametrize(
    ("name", "kode"),
    [
        ("Kab. Kobar", "62.01"),
        ("KABUPATEN KATINGAN", "62.06"),
        ("Katingan", "62.06"),
        ("Pemkab Kotim", "62.02"),
        ("Kutim", "64.08"),
        ("Kukar", "64.02"),
        ("Lotim", "52.03"),
        ("Loteng", "52.02"),
        ("Lobar", "52.01"),
        ("KLU", "52.08"),
        ("DIY", "34"),
        ("Kalteng", "62"),
        ("Palangkaraya", "62.71"),
        ("Kota Yogyakarta", "34.71"),
        ("Jakarta Utara", "31.72"),
        ("Kep. Aru", "81.07"),
        ("Tojo Una-Una", "72.09"),
        ("Nasional", "00"),
    ],
)
def test_usual_ways_to_write_a_region_resolve(name: str, kode: str) -> None:
    assert match_region(name).kode == kode


@pytest.mark.parametrize("name", ["Bogor", "Bima", "Kupang", "Gorontalo", "Jambi", "Banjar", "Yogyakarta", "Jogja"])
def test_a_bare_name_shared_by_regions_is_no_match_and_all_of_them_are_suggested(name: str) -> None:
    match = match_region(name)
    assert match.kode is None
    assert len(match.saran) >= 2
    assert match.alasan


def test_the_province_narrows_a_shared_name() -> None:
    assert match_region("Banjar", "Jawa Barat").kode == "32.79"
    assert match_region("Banjar", "63").kode == "63.03"
    assert match_region("Bengkulu Utara", "Bengkulu").kode == "17.03"


@pytest.mark.parametrize("name", ["Kota Palangka Raya", "Palangka Raya", "Kabupaten Palangkaraya"])
def test_another_spelling_or_type_than_the_official_one_is_only_suggested(name: str) -> None:
    match = match_region(name, "Kalimantan Tengah")
    assert match.kode is None
    assert match.saran[0].kode == "62.71"


def test_a_former_name_is_only_suggested() -> None:
    match = match_region("Kabupaten Mamuju Utara")
    assert match.kode is None
    assert match.saran[0].kode == "76.01"


def test_a_name_of_another_province_is_no_match_and_its_own_region_is_suggested() -> None:
    match = match_region("Katingan", "Jawa Timur")
    assert match.kode is None
    assert [region.kode for region in match.saran] == ["62.06"]


@pytest.mark.parametrize("name", ["", "xyzzy", "Kabupaten", "99.99"])
def test_what_names_no_region_gives_no_suggestion(name: str) -> None:
    match = match_region(name)
    assert match.kode is None
    assert match.saran == ()
    assert "tidak dikenal" in match.alasan


def test_an_unknown_province_matches_nothing() -> None:
    assert match_region("Katingan", "Provinsi Antah Berantah").kode is None


def test_all_232_observations_are_read_and_each_has_a_source() -> None:
    assert len(observations()) == 232
    assert len({row.id for row in observations()}) == 232
    assert all(row.sumber for row in observations())


def test_percents_are_decimals_as_printed_and_never_clamped() -> None:
    assert observation("o061").persen == Decimal("9.0")
    assert str(observation("o065").persen) == "26.30"
    assert observation("o106").persen == Decimal("150")


def test_money_is_whole_rupiah_and_empty_cells_are_unknown() -> None:
    assert observation("o027").rupiah == 739_122_000
    assert observation("o028").rupiah is None
    assert observation("o017").persen is None
    assert observation("o017").persen_teks == ">80"


@pytest.mark.parametrize(
    ("printed", "precision", "first"),
    [
        ("2021-11-15", "hari", date(2021, 11, 15)),
        ("2025-03", "bulan", date(2025, 3, 31)),
        ("2024-02", "bulan", date(2024, 2, 29)),
        ("2022", "tahun", date(2022, 12, 31)),
        ("", "", None),
    ],
)
def test_a_printed_date_counts_from_its_last_possible_day(printed: str, precision: str, first: date | None) -> None:
    assert valid_from(printed, precision) == first


@pytest.mark.parametrize(
    ("printed", "precision"), [("2025", "hari"), ("2025-03", ""), ("2025-03", "tahun"), ("2025", "minggu")]
)
def test_a_date_that_contradicts_its_precision_is_refused(printed: str, precision: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        valid_from(printed, precision)


def test_the_row_without_a_date_is_kept_and_holds_from_no_day() -> None:
    undated = [row for row in observations() if row.ketelitian is None]
    assert [row.id for row in undated] == ["o132"]
    assert undated[0].valid_from is None
    assert undated[0].told_on is None


def test_the_publication_day_is_kept_apart_from_the_day_of_the_fact() -> None:
    row = observation("o013")
    assert (row.valid_from, row.told_on) == (date(2023, 11, 19), date(2023, 11, 23))


def test_a_name_that_matches_no_region_stays_without_code_and_is_given_a_suggestion() -> None:
    unplaced = [row for row in observations() if row.wilayah is None]
    assert [row.id for row in unplaced] == ["o019"]
    assert [region.kode for region in match_region(unplaced[0].nama, unplaced[0].provinsi).saran][:1] == ["62.71"]


def test_every_other_observation_names_an_existing_region_and_never_another_one() -> None:
    for row in observations():
        if row.wilayah is not None:
            assert row.wilayah in region_by_code(), row
            assert match_region(row.nama, row.provinsi).kode in (row.wilayah, None), row


def test_the_copy_of_the_observations_is_the_shared_file_byte_for_byte() -> None:
    root = Path(__file__).resolve().parents[3]
    shared = root.parent / "shared" / "data" / "observations.csv"
    if not shared.exists():
        pytest.skip("perlu ../shared/data/observations.csv")
    assert (root / "compliance/data/observations.csv").read_bytes() == shared.read_bytes()
