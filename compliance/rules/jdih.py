"""Legal acts in the field names of the JDIHN integration feed (`feed/document.json`), out and in. Empty text is "not said"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from compliance.models import Regulation
from compliance.rules.citations import KINDS, citation
from indexer.dates import date_in
from indexer.identities import kind_named
from indexer.kinds import kind_of
from indexer.lines import key_of
from indexer.storable import storable

FIELDS = (
    *("idData", "tahun_pengundangan", "tanggal_penetapan", "tanggal_pengundangan", "jenis", "noPeraturan", "judul"),
    *(
        "noPanggil",
        "singkatanJenis",
        "tempatTerbit",
        "penerbit",
        "deskripsiFisik",
        "sumber",
        "subjek",
        "isbn",
        "status",
    ),
    *("bahasa", "bidangHukum", "teuBadan", "nomorIndukBuku", "fileDownload", "urlDownload", "abstrak", "urlabstrak"),
    *("urlDetailPeraturan", "operasi", "display"),
)
COMPARED = ("judul", "ditetapkan", "diundangkan", "gazette")
IN_FORCE = {"berlaku": "Berlaku", "diubah": "Berlaku", "dicabut": "Tidak Berlaku", "habis": "Tidak Berlaku"}
FIRST_YEAR, LAST_YEAR = 1945, 2100
LONGEST = {"nomor": 80, "gazette": 120, "bentuk": 80, "issuer": 200}
_NOTHING = {"", "-", "--", "0", "null", "none", "n/a", "0000-00-00", "0000-00-00 00:00:00", "1970-01-01"}
_LABEL = re.compile(r"^\s*(?:nomor|no\.?)\s*[:.]?\s*", re.IGNORECASE)
_WITH_YEAR = re.compile(r"^(?P<number>.+?)\s*(?:tahun|thn\.?)\s*(?P<year>(?:19|20)\d{2})$", re.IGNORECASE)
_SLASHED = re.compile(r"^(?P<number>\d{1,4}[A-Z]?)\s*/\s*(?P<year>(?:19|20)\d{2})$", re.IGNORECASE)
_IN_TITLE = re.compile(
    r"\bNO(?:MOR|\.)\s*:?\s*(?P<number>\S+(?:\s*/\s*\S+)*)\s+TAHUN\s+(?P<year>(?:19|20)\d{2})\b", re.IGNORECASE
)
_KIND_WORD = re.compile(r"^(?:PERATURAN|KEPUTUSAN|INSTRUKSI|SURAT EDARAN)\s+(?P<issuer>[^\W\d].+)$", re.IGNORECASE)
_ABOUT = re.compile(r"^.{0,200}?\bTENTANG\b\s*", re.IGNORECASE | re.DOTALL)
_DAYS = (
    re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"),
)


@dataclass(frozen=True, slots=True)
class JdihRecord:
    """One act as a feed describes it. None is not said; `unread` names what is printed and could not be read, with the print.

    `issuer` is who issues acts of that kind ("Bupati", "Menteri Ketenagakerjaan"); the feed's `penerbit` is the publisher.
    `places` are the texts that may name the region. `raw` is the record itself, every value as text.
    """

    jenis: str
    bentuk: str | None
    nomor: str
    tahun: int
    judul: str | None
    issuer: str | None
    ditetapkan: date | None
    diundangkan: date | None
    gazette: str | None
    places: tuple[str, ...]
    raw: Mapping[str, str]
    unread: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_regional(self) -> bool | None:
        """Whether its kind is a region's; None where only the issuer tells."""
        return {"Perda": True, "Pergub": True, "Perbup": True, "Perwali": True}.get(
            self.jenis,
            None if self.jenis in ("Keputusan", "Instruksi", "SE", "PerjanjianKerjaSama", "Lainnya") else False,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A column where the feed and our record both say something, and not the same."""

    name: str
    ours: str | date
    theirs: str | date


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of an act's text, for its record: file name, pages, address of the download, short form as printed."""

    file_name: str
    pages: int
    address: str
    singkatan: str | None = None


def record_from(raw: Mapping[str, object]) -> JdihRecord:
    """The act a feed's record describes.

    Raises:
        ValueError: kind, number or year can't be told; the sentence says which and what stood there.
    """
    said = {_text(name): _text(value) for name, value in raw.items() if name is not None}
    jenis, bentuk = _kind(said)
    unread: dict[str, str] = {}
    signed = _day(said, "tanggal_penetapan", unread)
    promulgated = _day(said, "tanggal_pengundangan", unread)
    nomor, tahun = _number_and_year(said, signed)
    gazette = said.get("sumber") or None
    if gazette and len(gazette) > LONGEST["gazette"]:
        unread["sumber"], gazette = gazette, None
    title = said.get("judul", "")
    return JdihRecord(
        jenis=jenis,
        bentuk=bentuk,
        nomor=nomor,
        tahun=tahun,
        judul=_ABOUT.sub("", title).strip() or None,
        issuer=_issuer(said.get("jenis", "")),
        ditetapkan=signed,
        diundangkan=promulgated,
        gazette=gazette,
        places=tuple(said.get(name, "") for name in ("judul", "teuBadan", "jenis", "penerbit")),
        raw=said,
        unread=unread,
    )


def differences(act: Regulation, record: JdihRecord) -> list[Difference]:
    """Where both say something and not the same, letters' case, blanks and punctuation aside."""
    found = []
    for name in COMPARED:
        ours, theirs = getattr(act, name), getattr(record, name)
        if ours is not None and theirs is not None and _folded(ours) != _folded(theirs):
            found.append(Difference(name, ours, theirs))
    return found


def gains(act: Regulation, record: JdihRecord) -> list[str]:
    """The columns nobody had filled and the record does."""
    return [name for name in COMPARED if getattr(act, name) is None and getattr(record, name) is not None]


def feed_record(act: Regulation, held: Held | None, region: str, address: str, today: date) -> dict[str, str]:
    """The act as a record of the feed; what an earlier import said and we know nothing better about stays.

    `region` is the name of its region ("" for the nation), `address` that of its page.
    """
    kept = {name: str((act.jdih or {}).get(name, "")) for name in FIELDS}
    known = {
        "idData": kept["idData"] or str(act.id),
        "tahun_pengundangan": str(act.diundangkan.year if act.diundangkan else act.tahun or ""),
        "tanggal_penetapan": act.ditetapkan.isoformat() if act.ditetapkan else "",
        "tanggal_pengundangan": act.diundangkan.isoformat() if act.diundangkan else "",
        "jenis": act.bentuk or KINDS.get(act.jenis, act.jenis),
        "noPeraturan": act.nomor or "",
        "judul": f"{citation(act)} tentang {act.judul}" if act.judul else citation(act),
        "singkatanJenis": kept["singkatanJenis"] or (held and held.singkatan) or act.jenis.upper(),
        "deskripsiFisik": f"{held.pages} hlm." if held and held.pages else "",
        "sumber": act.gazette or "",
        "subjek": ", ".join(act.topik),
        "status": "Tidak Berlaku" if act.ended_before(today) else IN_FORCE.get(act.status or "", ""),
        "bahasa": kept["bahasa"] or "Indonesia",
        "teuBadan": kept["teuBadan"] or region or act.penerbit or "",
        "fileDownload": held.file_name if held else "",
        "urlDownload": held.address if held else "",
        "urlDetailPeraturan": address,
    }
    return {**kept, **{name: value for name, value in known.items() if value}}


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = storable(" ".join(str("" if value is None else value).replace("\x00", "").split()))
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text


def _kind(said: Mapping[str, str]) -> tuple[str, str | None]:
    """The kind with its printed form, from the field for it, else from its abbreviation or the title."""
    for name in ("jenis", "singkatanJenis", "judul"):
        text = said.get(name, "")
        printed = kind_of(key_of(text)) if text else None
        if printed is not None and printed.distance == 0:
            return printed.kind.jenis, _form(printed.kind.form, text if name == "jenis" else "")
        named = kind_named(text) if text else None
        if named:
            return named, None
    raise ValueError(f"jenis “{said.get('jenis', '')}” tidak dikenal")


def _form(form: str | None, printed: str) -> str | None:
    form = printed.title() if form == "…" else form
    return form if form and len(form) <= LONGEST["bentuk"] else None


def _issuer(kind: str) -> str | None:
    found = _KIND_WORD.match(kind)
    return found["issuer"].strip().title()[: LONGEST["issuer"]] if found else None


def _number_and_year(said: Mapping[str, str], signed: date | None) -> tuple[str, int]:
    """The number without its label and year; the year as printed with it, else of signing, else of promulgation."""
    number = _LABEL.sub("", said.get("noPeraturan", "")).strip()
    in_title = _IN_TITLE.search(said.get("judul", ""))
    printed = _WITH_YEAR.match(number) or _SLASHED.match(number)
    year = printed["year"] if printed else in_title["year"] if in_title else ""
    number = printed["number"].strip() if printed else number
    if number.lower() in _NOTHING:
        number = in_title["number"] if in_title else ""
    year = year or (str(signed.year) if signed else said.get("tahun_pengundangan", ""))
    if not number or len(number) > LONGEST["nomor"]:
        raise ValueError("noPeraturan kosong atau terlalu panjang")
    if not re.fullmatch(r"\d{4}", year) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise ValueError(f"tahun “{year}” bukan tahun")
    return number, int(year)


def _day(said: Mapping[str, str], name: str, unread: dict[str, str]) -> date | None:
    text = said.get(name, "")
    if text.lower() in _NOTHING:
        return None
    try:
        for pattern in _DAYS:
            if found := pattern.fullmatch(text):
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        unread[name] = text
        return None
    reading = date_in(text)
    if reading is None or reading.day is None or not reading.exact:
        unread[name] = text
        return None
    return reading.day


def _folded(value: str | date) -> str:
    return value.isoformat() if isinstance(value, date) else re.sub(r"[^0-9a-z]+", "", value.lower())
