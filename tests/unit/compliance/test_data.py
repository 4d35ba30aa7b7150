"""What the tracked starting data says, and what its readers make of it."""

import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from compliance.data.awards import OTOMATIS, edition_by_code, editions
from compliance.data.contributions import contributions, government_contribution
from compliance.data.instruments import RELATION_KINDS, instrument_by_code, instruments
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


@pytest.mark.parametrize("name", ["Bogor", "Bima", "Kupang", "Gorontalo", "Jambi", "Banjar", "Yogyakarta"])
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


def test_an_alias_is_written_once() -> None:
    assert [alias for alias, times in Counter(row.alias.casefold() for row in aliases()).items() if times > 1] == []


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
        ("2025-03", "bulan", date(2025, 3, 1)),
        ("2024-02", "bulan", date(2024, 2, 1)),
        ("2022", "tahun", date(2022, 12, 31)),
        ("", "", None),
    ],
)
def test_a_bare_month_counts_from_its_first_day_and_a_bare_year_from_its_last(
    printed: str, precision: str, first: date | None
) -> None:
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


def test_the_catalogue_has_every_instrument_of_the_domain_once() -> None:
    expected = {
        "uu-40-2004", "uu-24-2011", "pp-85-2013", "pp-86-2013", "pp-44-2015", "pp-45-2015", "pp-46-2015", "pp-82-2019",
        "pp-37-2021", "pp-49-2023", "pp-50-2025", "inpres-2-2021", "inpres-4-2022", "inpres-8-2025", "permendagri-27-2021",
        "permendagri-84-2022", "permendagri-15-2024", "pmk-91-2023", "permenaker-5-2021", "permenaker-1-2025",
        "se-mendagri-842-2-5193-sj",
    }  # fmt: skip
    assert expected <= set(instrument_by_code())
    assert len(instrument_by_code()) == len(instruments())


def test_the_identity_of_an_instrument_agrees_with_its_code_and_usual_name() -> None:
    for row in instruments():
        assert row.singkat.endswith(f"{row.nomor}/{row.tahun}" if row.jenis != "SE" else row.nomor)
        assert row.kode.endswith(f"-{row.nomor}-{row.tahun}") or row.jenis == "SE"
        assert row.jenis in {"UU", "PP", "Perpres", "Inpres", "Permen", "SE"}
        assert row.judul_sumber in {"naskah", "kutipan", "berita", "pengetahuan", "uraian"}
        assert row.status in {"berlaku", "diubah", "dicabut", "habis", None}


def test_a_title_from_general_knowledge_is_marked_unverified() -> None:
    for row in instruments():
        assert ("judul" in row.unverified) == (row.judul_sumber == "pengetahuan"), row.kode


def test_fields_marked_unverified_are_fields_of_the_entry() -> None:
    for row in instruments():
        assert all(getattr(row, name) is not None for name in row.unverified), row.kode


def test_every_relation_is_of_a_known_kind_and_leads_to_another_instrument() -> None:
    for row in instruments():
        for bond in row.relations:
            assert bond.jenis in RELATION_KINDS
            assert bond.teks
            assert bond.ke in instrument_by_code() or (bond.ke is None and "/" in bond.teks)
            assert bond.ke != row.kode


def test_an_instrument_changed_by_another_of_the_catalogue_says_so() -> None:
    changed = {bond.ke for row in instruments() for bond in row.relations if bond.jenis == "mengubah"}
    assert {row.kode for row in instruments() if row.status == "diubah"} == changed


def test_what_is_asked_has_a_subject_a_code_of_its_own_and_a_source_where_it_claims_one() -> None:
    asked = [obligation for row in instruments() for obligation in row.obligations]
    assert len({obligation.kode for obligation in asked}) == len(asked)
    for obligation in asked:
        assert obligation.subjek in {"kabupaten/kota", "provinsi"}
        assert len(obligation.kode) <= 60
        assert obligation.sumber or not obligation.is_sourced, obligation.kode
        assert obligation.pasal is None or obligation.pasal.startswith("Pasal "), obligation.kode


def test_the_points_of_inpres_2_2021_on_bumd_and_ptsp_are_unverified_and_the_others_sourced() -> None:
    unverified = {row.kode for row in instrument_by_code()["inpres-2-2021"].obligations if not row.is_sourced}
    assert unverified == {
        "inpres-2-2021/bumd",
        "inpres-2-2021/bumd/provinsi",
        "inpres-2-2021/ptsp",
        "inpres-2-2021/ptsp/provinsi",
    }


def test_supervising_the_bupati_is_asked_of_the_province_alone() -> None:
    asked = [row for row in instrument_by_code()["inpres-2-2021"].obligations if "bina-awasi" in row.kode]
    assert [row.subjek for row in asked] == ["provinsi"]


def test_inpres_4_2022_ended_with_2024_and_inpres_8_2025_followed() -> None:
    ended, follower = instrument_by_code()["inpres-4-2022"], instrument_by_code()["inpres-8-2025"]
    assert (ended.berlaku_sampai, follower.ditetapkan) == (date(2024, 12, 31), date(2025, 3, 27))
    assert [bond.ke for bond in ended.relations if bond.jenis == "dilanjutkan"] == ["inpres-8-2025"]


def test_a_date_that_nobody_read_in_a_source_stays_unknown() -> None:
    unread = instrument_by_code()["pp-45-2015"]
    assert (unread.ditetapkan, unread.diundangkan, unread.mulai_berlaku) == (None, None, None)


def test_pp_44_2015_held_from_the_day_it_names_not_from_its_publication() -> None:
    assert instrument_by_code()["pp-44-2015"].mulai_berlaku == date(2015, 7, 1)


def test_no_shipped_edition_claims_official_weights_or_a_maximum() -> None:
    assert list(edition_by_code()) == ["nasional-2020", "riau-2025", "ntb-2025"]
    for edition in editions():
        assert edition.resmi is False
        assert edition.wilayah in region_by_code()
        assert [indicator.maksimum for indicator in edition.indicators] == [None] * len(edition.indicators)
        assert [indicator.urutan for indicator in edition.indicators] == list(range(1, len(edition.indicators) + 1))


def test_the_aspects_of_each_edition_are_those_published() -> None:
    kinds = {edition.kode: [indicator.kode for indicator in edition.indicators] for edition in editions()}
    assert kinds["nasional-2020"] == ["kebijakan", "penerapan", "kinerja", "wawancara"]
    assert kinds["riau-2025"] == ["regulasi", "coverage", "inovasi", "pemahaman"]
    assert len(kinds["ntb-2025"]) == 7


def test_only_the_indicator_with_a_known_rule_is_automatic() -> None:
    for edition in editions():
        for indicator in edition.indicators:
            assert (indicator.cara == OTOMATIS) == (indicator.rumus is not None)
    automatic = [indicator.kode for edition in editions() for indicator in edition.indicators if indicator.rumus]
    assert automatic == ["non-asn"]


def test_the_growth_indicator_says_that_its_rule_is_not_published() -> None:
    growth = next(row for row in edition_by_code()["ntb-2025"].indicators if row.kode == "pertumbuhan")
    assert growth.catatan == "rumus tidak dipublikasikan"


def test_the_published_sheet_of_lombok_timur_adds_up_to_its_printed_total() -> None:
    (sheet,) = edition_by_code()["ntb-2025"].sheets
    assert sheet.wilayah == "52.03"
    assert sum(entry.nilai for entry in sheet.entries) == sheet.total_terbit == Decimal("51.51")
    assert {entry.indikator for entry in sheet.entries} == {
        row.kode for row in edition_by_code()["ntb-2025"].indicators
    }


def test_the_rule_for_non_asn_gives_the_published_score_from_the_observed_counts() -> None:
    edition = edition_by_code()["ntb-2025"]
    rule = next(row.rumus for row in edition.indicators if row.rumus)
    given = {row.nama: row for row in edition.sheets[0].inputs}
    seen = observation(given[rule.pembilang].pengamatan)
    assert (
        (given[rule.pembilang].nilai, given[rule.penyebut].nilai) == (seen.orang, seen.penyebut_orang) == (32644, 34555)
    )
    assert (seen.segmen, seen.sumber) == (rule.segmen, given[rule.pembilang].sumber)
    score = rule.faktor * given[rule.pembilang].nilai / given[rule.penyebut].nilai
    assert score.quantize(Decimal("0.01")) == next(
        row.nilai for row in edition.sheets[0].entries if row.indikator == "non-asn"
    )


def test_the_government_pays_the_full_contribution_also_while_others_pay_half() -> None:
    for day in (date(2015, 7, 1), date(2024, 5, 1), date(2026, 6, 1)):
        tariff = government_contribution(day)
        assert tariff is not None
        assert tariff.rupiah == 16_800


def test_before_the_first_known_tariff_the_contribution_is_unknown() -> None:
    assert government_contribution(date(2015, 6, 30)) is None


def test_half_contributions_are_half_and_hold_only_where_no_public_budget_pays() -> None:
    halves = [row for row in contributions() if row.peraturan == "pp-50-2025"]
    assert {row.rupiah for row in halves} == {8_400}
    assert not any(row.dibayar_pemerintah for row in halves)
    assert [row.kode for row in halves if row.holds_on(date(2027, 1, 15))] == ["bpu-jkk-jkm-separuh-transportasi"]


def test_every_contribution_names_an_instrument_of_the_catalogue() -> None:
    assert {row.peraturan for row in contributions()} <= set(instrument_by_code())


def test_no_decimal_of_the_starting_data_is_written_as_a_float() -> None:
    folder = Path(__file__).resolve().parents[3] / "compliance" / "data"
    floats: list[str] = []
    for file in sorted(folder.glob("*.toml")):
        tomllib.loads(file.read_text(encoding="utf-8"), parse_float=floats.append)
    assert floats == []
