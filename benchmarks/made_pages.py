"""Legal pages that nobody wrote: the same ones for the same seed, stored as documents with pages and parts.

Words follow Zipf's law: the commonest are those of any regulation, the others are put together from syllables. Phrases that
every regulation has, and names of things that some have, stand among them; a Pasal begins every sixty words or so.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, count
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from compliance.db import now
from compliance.models import Document, File, Page, Part
from indexer.highlight import page_terms

PAGES_EACH = 19
PASAL_WORDS = 60
PASALS_A_PAGE = 5
VOCABULARY = 30_000
AT_ONCE = 20
COMMON_TEXT = """yang dan atau dalam dengan untuk pada oleh di dari sebagaimana dimaksud ayat huruf peraturan daerah bupati nomor
tahun tentang pemerintah kabupaten pekerja jaminan sosial ketenagakerjaan program kepesertaan iuran perlindungan pemberi kerja
wajib melaksanakan ketentuan penyelenggaraan pembinaan pengawasan anggaran pendapatan belanja dinas perangkat desa tenaga
kecelakaan kematian tua pensiun manfaat santunan pendaftaran peserta sanksi administratif teguran tertulis usaha mikro petani
nelayan rentan kelompok masyarakat keputusan pelaksanaan koordinasi laporan evaluasi pembiayaan sumber dana retribusi pajak
izin lingkungan hidup kesehatan pendidikan pertanian perikanan perdagangan koperasi perizinan terpadu pelayanan publik"""
COMMON = COMMON_TEXT.split()
FORMULAS = (
    "peraturan bupati ini mulai berlaku pada tanggal diundangkan",
    "agar setiap orang mengetahuinya memerintahkan pengundangan",
    "sebagaimana dimaksud pada ayat (1)",
    "sesuai dengan ketentuan peraturan perundang-undangan",
    "anggaran pendapatan dan belanja daerah",
)
SYLLABLES = [consonant + vowel for consonant in "bcdghjklmnprstwy" for vowel in "aiueo"]
REGIONS = ("62.06", "62.01", "62.02", "62.71", "52.03", "52.01", "64.08", "64.02", "73.01", "35.78")
KINDS = ("Perbup", "Perda", "Perwali", "Keputusan", "SE", "Instruksi")
ISSUERS = ("Bupati Katingan", "Bupati Kotawaringin Barat", "Wali Kota Palangka Raya", "Bupati Lombok Timur")
STATUSES = ("berlaku", "diubah", "dicabut")


@dataclass(frozen=True, slots=True)
class Made:
    """What the pages are made from. `names` are phrases of three words that only some documents have."""

    words: Sequence[str]
    names: Sequence[str]
    chance: random.Random = field(repr=False)
    cumulative: Sequence[float] = field(repr=False)


def made(seed: int = 4) -> Made:
    chance = random.Random(seed)
    words = list(dict.fromkeys(COMMON))
    known = set(words)
    while len(words) < VOCABULARY:
        word = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4)))) + chance.choice(
            ("", "n", "ng", "s", "t")
        )
        if word not in known:
            known.add(word)
            words.append(word)
    names = [" ".join(chance.sample(words[len(COMMON) : 3_000], 3)) for _ in range(400)]
    return Made(words, names, chance, list(accumulate(1 / (rank + 3) for rank in range(len(words)))))


def store_pages(session: Session, source: Made, pages: int) -> int:
    """Adds documents until there are so many pages; returns the number of documents. Commits as it goes."""
    documents = max(1, round(pages / PAGES_EACH))
    for begin in range(0, documents, AT_ONCE):
        numbers = range(begin + 1, min(begin + AT_ONCE, documents) + 1)
        sizes = [pages * number // documents - pages * (number - 1) // documents for number in numbers]
        _store(session, source, numbers, sizes)
        session.commit()
    return documents


def _store(session: Session, source: Made, numbers: Sequence[int], sizes: Sequence[int]) -> None:
    marks = [f"{number:064x}" for number in numbers]
    files = [{"sha256": mark, "size_bytes": 1, "names": [f"{mark[-8:]}.pdf"], "received_at": now()} for mark in marks]
    session.execute(insert(File), files)
    rows = [_document(source, number, size, mark) for number, size, mark in zip(numbers, sizes, marks, strict=True)]
    ids = session.scalars(insert(Document).returning(Document.id, sort_by_parameter_order=True), rows).all()
    for document_id, size in zip(ids, sizes, strict=True):
        pages, parts = _text(source, document_id, size)
        session.execute(insert(Page), pages)
        session.execute(insert(Part), parts)


def _document(source: Made, number: int, pages: int, mark: str) -> dict[str, Any]:
    chance = source.chance
    return {
        "file_sha256": mark,
        "jenis": chance.choice(KINDS),
        "nomor": str(number % 37 + 1),
        "tahun": 2010 + number % 15,
        "wilayah": chance.choice(REGIONS),
        "penerbit": chance.choice(ISSUERS),
        "status": chance.choice(STATUSES),
        "judul": " ".join(_words(source, 8)).upper(),
        "page_count": pages,
        "search_hash": mark,
        "reading_state": "terbaca",
        "is_sample": False,
        "doubtful": [],
        "received_at": now(),
    }


def _text(source: Made, document_id: int, size: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of a document's pages and of its parts, each Pasal on one page."""
    pages, parts, numbers = [], [], count(1)
    for number in range(1, size + 1):
        written, at = [], 0
        for _ in range(PASALS_A_PAGE):
            article = next(numbers)
            text = f"Pasal {article}\n{_article(source)}\n"
            parts.append({"document_id": document_id, "urutan": article - 1, "kind": "pasal", "number": str(article),
                          "page": number, "start": at, "end_page": number, "end": at + len(text)})  # fmt: skip
            written.append(text)
            at += len(text)
        text = "".join(written)
        pages.append({"document_id": document_id, "number": number, "width": 595.0, "height": 842.0, "text": text,
                      "terms": page_terms(text), "boxes": b"", "source": "asli", "layer": "baik"})  # fmt: skip
    return pages, parts


def _article(source: Made) -> str:
    words = _words(source, PASAL_WORDS)
    words[source.chance.randrange(PASAL_WORDS)] = source.chance.choice(FORMULAS)
    if source.chance.random() < 1 / 20:
        words[source.chance.randrange(PASAL_WORDS)] = source.chance.choice(source.names)
    return "\n".join(" ".join(words[begin : begin + 12]) for begin in range(0, PASAL_WORDS, 12))


def _words(source: Made, number: int) -> list[str]:
    return source.chance.choices(source.words, cum_weights=source.cumulative, k=number)


def questions(source: Made, number: int = 12) -> Iterator[tuple[str, str, Sequence[str]]]:
    """(class, question, its words) as typed, `number` of each class."""
    chance, words = random.Random(7), source.words
    some, rare, common = words[100:900], words[12_000:], words[20:100]
    for _ in range(number):
        first, second = chance.sample(some, 2)
        name, formula = chance.choice(source.names), chance.choice(FORMULAS[:2] + FORMULAS[3:])
        yield "term", first, [first]
        yield "rare", (least := chance.choice(rare)), [least]
        yield "and", f"{first} {second} {(third := chance.choice(common))}", [first, second, third]
        yield "or", f"{first} ATAU {second}", [first, second]
        yield "phrase", f'"{name}"', name.split()
        yield "phrase_common", f'"{formula}"', formula.replace("-", " ").split()
        yield "prefix", f"{first[:4]}*", [first[:4]]
        typo = (long := chance.choice(COMMON[14:40]))[: len(long) // 2] + long[len(long) // 2 + 1 :]
        yield "fuzzy", typo, [typo]
        act, year = chance.randint(1, 37), chance.randint(2010, 2024)
        yield "identity", f"perbup katingan {act}/{year}", ["perbup", "katingan", str(act), str(year)]
        yield "filter", f"{first} jenis:Perbup tahun:2012..2018", [first]
