"""Who issued a regulation, for which region, and how its form is named in print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.lines import Line, key_of
from indexer.numbers import LABEL, LABEL_INSIDE
from indexer.regions import RegionNames, RegionReading
from indexer.titleblock import TitleBlock

_NATIONAL = (
    "MENTERI",
    "PRESIDEN",
    "REPUBLIKINDONESIA",
    "NASIONAL",
    "DIREKTURJENDERAL",
    "BADANPENGAWAS",
    "BADANPENYELENGGARA",
    "MAHKAMAH",
    "KEJAKSAAN",
    "KEPOLISIAN",
    "OTORITASJASA",
    "BANKINDONESIA",
    "PANGLIMA",
    "DEWANGUBERNUR",
)
_LOCAL_WORDS = ("KABUPATEN", "KOTA", "PROVINSI", "BUPATI", "GUBERNUR", "DAERAH")
_SMALL_WORDS = {
    "DAN",
    "ATAU",
    "DI",
    "KE",
    "DARI",
    "UNTUK",
    "TENTANG",
    "DENGAN",
    "PADA",
    "SERTA",
    "BAGI",
    "OLEH",
    "OF",
}
_ABBREVIATIONS = {
    "DPRD",
    "RI",
    "BPJS",
    "PT",
    "DKI",
    "RSUD",
    "BPOM",
    "LKPP",
    "BKN",
    "BMKG",
    "OJK",
    "BNPB",
    "KPU",
    "PPU",
}
# A province and the one it was part of: a letterhead from before names the older one.
_PART_OF = {
    **{"19": "16", "21": "14", "36": "32", "65": "64", "75": "71", "76": "73", "82": "81"},
    **dict.fromkeys(("92", "93", "94", "95"), "91"),
    "96": "92",
}
_OFFICE_OF = {"provinsi": "Gubernur", "kabupaten": "Bupati", "kota": "Wali Kota"}


@dataclass(frozen=True, slots=True)
class Located:
    """The region a regulation is of, None for a national one or an unknown one; `reason` says why it is doubtful."""

    reading: RegionReading | None
    line: Line | None
    reason: str = ""


def region_of(block: TitleBlock, regions: RegionNames) -> Located:
    """The region named in the heading; letterhead and preamble confirm it, contradict it or stand in for it."""
    if block.kind.regional is False:
        return Located(None, None)
    if block.kind.jenis == "PerjanjianKerjaSama":
        return _region_of_parties(block, regions)
    heading = _first(_heading_readings(block, regions))
    if "BERSAMA" in block.kind.words and block.kind.regional:
        where = heading[0] if heading else None
        return Located(where, heading[1] if heading else None, "peraturan bersama: lebih dari satu daerah")
    others = [found for found in _other_readings(block, regions) if found[0].exact]
    if heading is None and block.kind.regional is None and _is_national(block):
        return Located(None, None)
    if heading is None or not heading[0].exact:
        return _stood_in(heading, others)
    return _checked(heading, others)


def _checked(heading: tuple[RegionReading, Line], others: Sequence[tuple[RegionReading, Line]]) -> Located:
    reading, line = heading
    against = next((other for other, _ in others if not _may_stand_over(other, reading)), None)
    if against:
        return Located(reading, line, f"kepala naskah menyebut {_full(against)}, judul menyebut {_full(reading)}")
    return Located(reading, line)


def _full(reading: RegionReading) -> str:
    return f"{reading.jenis.capitalize()} {reading.nama}"


def _may_stand_over(other: RegionReading, reading: RegionReading) -> bool:
    """Whether a letterhead or preamble may name `other` where the heading names `reading`: itself, or its province."""
    if other.kode == reading.kode:
        return True
    province = reading.kode[:2]
    return reading.jenis != "provinsi" and other.kode in (province, _older(province), _older(_older(province)))


def _older(province: str) -> str:
    return _PART_OF.get(province, "")


def _stood_in(heading: tuple[RegionReading, Line] | None, others: Sequence[tuple[RegionReading, Line]]) -> Located:
    if not others:
        if heading is None:
            return Located(None, None, "nama daerah tidak terbaca")
        return Located(heading[0], heading[1], "nama daerah terbaca tidak persis")
    local = [o for o in others if o[0].jenis != "provinsi"] or list(others)
    reading, line = local[0]
    if heading is not None and heading[0].kode != reading.kode:
        return Located(reading, line, "nama daerah pada judul terbaca tidak persis dan berbeda dari kepala naskah")
    if len({o[0].kode for o in local}) > 1:
        return Located(reading, line, "lebih dari satu nama daerah pada kepala naskah")
    return Located(reading, line)


def _first(readings: Iterator[tuple[RegionReading, Line]]) -> tuple[RegionReading, Line] | None:
    """The first exact reading, else the first of all."""
    everything = list(readings)
    return next((r for r in everything if r[0].exact), everything[0] if everything else None)


def _heading_readings(block: TitleBlock, regions: RegionNames) -> Iterator[tuple[RegionReading, Line]]:
    head = heading_lines(block)
    joined = "".join(line.key for line in head)
    bare = _after_kind(joined, block.kind.key)
    for jenis in ("provinsi", "kota", "kabupaten") if block.kind.jenis == "Perda" else ():
        direct = regions.named_at_start(bare, jenis)
        if direct and direct.exact and block.kind.form == "Qanun":
            yield direct, head[0]
    whole = regions.read(joined)
    for line in head:
        reading = regions.read(line.key)
        if reading and whole and whole.exact and _goes_on(reading, whole):
            yield whole, line
        elif reading:
            yield reading, line
    if whole:
        yield whole, head[0]


def _goes_on(part: RegionReading, whole: RegionReading) -> bool:
    """Whether a name ends on the next line: BANDUNG, then BARAT."""
    return part.kode != whole.kode and part.jenis == whole.jenis and key_of(whole.nama).startswith(key_of(part.nama))


def heading_lines(block: TitleBlock) -> list[Line]:
    """The lines of the heading that stand before its number; a heading and number on one line is cut at NOMOR."""
    lines: list[Line] = []
    for line in block.head:
        if lines and (block.number and line.start >= block.number[0].start and line.page == block.number[0].page):
            break
        if LABEL.match(line.text):
            break
        cut = LABEL_INSIDE.split(line.text)[0].strip()
        lines.append(Line(line.page, line.start, cut, key_of(cut)))
    return lines or [block.head[0]]


def _after_kind(key: str, kind_key: str) -> str:
    position = key.find(kind_key)
    return key[position + len(kind_key) :] if position >= 0 else key[len(kind_key) :]


def _other_readings(block: TitleBlock, regions: RegionNames) -> Iterator[tuple[RegionReading, Line]]:
    lines = [block.official] if block.official else []
    for line in [*lines, *reversed(block.before)]:
        if line.key.startswith(("LEMBARAN", "BERITA", "TAMBAHAN")):
            continue
        reading = regions.read(line.key)
        if reading:
            yield reading, line


def _is_national(block: TitleBlock) -> bool:
    key = "".join(line.key for line in heading_lines(block))
    if any(word in key for word in _NATIONAL):
        return True
    return block.kind.jenis in ("PeraturanLembaga", "Kepmen", "Permen") and not any(w in key for w in _LOCAL_WORDS)


def _region_of_parties(block: TitleBlock, regions: RegionNames) -> Located:
    readings = [r for line in (*block.head, *block.before) if (r := regions.read(line.key))]
    exact = {r.kode: r for r in readings if r.exact}
    if len(exact) == 1:
        return Located(next(iter(exact.values())), block.head[0])
    if not exact:
        return Located(None, None, "daerah para pihak tidak terbaca")
    return Located(next(iter(exact.values())), block.head[0], "para pihak dari lebih dari satu daerah")


def issuer_of(block: TitleBlock, located: Located) -> str | None:
    """Who issued it, in ordinary capitals ("Bupati Katingan", "Menteri Ketenagakerjaan"); None where unknown."""
    if block.kind.jenis in ("UU", "Perppu", "PP", "Perpres", "Inpres", "Keppres"):
        return "Presiden"
    if block.kind.jenis == "PerjanjianKerjaSama":
        return _parties(block)
    spoken = _official_in_heading(block) or (ordinary_capitals(block.official.text) if block.official else None)
    region = located.reading
    if region and block.kind.regional:
        return f"{_OFFICE_OF[region.jenis]} {_short_name(region)}"
    if region and spoken and spoken.startswith(("Gubernur", "Bupati", "Wali")):
        return f"{_OFFICE_OF[region.jenis]} {_short_name(region)}"
    return spoken


def _short_name(region: RegionReading) -> str:
    return region.nama.strip()


def _official_in_heading(block: TitleBlock) -> str | None:
    text = " ".join(line.text for line in heading_lines(block))
    found = re.search(
        r"\b(MENTER[I!]|GUBERNUR|BUPATI|WALI\s?KOTA|KEPALA|KETUA|DIREKTUR|SEKRETARIS|JAKSA|PANGLIMA).*", text
    )
    return ordinary_capitals(found.group(0)) if found else None


def _parties(block: TitleBlock) -> str | None:
    text = " ".join(line.text for line in heading_lines(block))
    found = re.search(r"\bANTARA\b\s*(.*)", text)
    return ordinary_capitals(re.sub(r"\bDENGAN\b", "DAN", found.group(1))) if found else None


def form_of(block: TitleBlock) -> str | None:
    """The form as printed where it says more than the kind ("Qanun", "Peraturan Menteri Keuangan"); else None."""
    form = block.kind.form
    if form != "…":
        return form
    return ordinary_capitals(" ".join(line.text for line in heading_lines(block)))


def ordinary_capitals(text: str) -> str:
    """Capitals put as in a sentence's names, REPUBLIK INDONESIA and closing marks left out."""
    clean = re.sub(r"(?<=[A-Z])!|!(?=[A-Z])", "I", text)
    clean = re.sub(r"\s*REPUBLIK\s+INDONESIA\b", "", clean, flags=re.IGNORECASE)
    clean = re.sub(r"^(?:SALINAN|LAMPIRAN\s*[IVX]*)\s*:?\s*", "", clean, flags=re.IGNORECASE).strip(" ,;:.|_-")
    return " ".join(_ordinary(word, first=i == 0) for i, word in enumerate(clean.split()))


def _ordinary(word: str, *, first: bool) -> str:
    if word.upper() in _ABBREVIATIONS and word.upper() not in _SMALL_WORDS:
        return word.upper()
    if word.upper() in _SMALL_WORDS and not first:
        return word.lower()
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
