"""What a program may ask in an address: every parameter with its bounds. What is not described is refused, never ignored."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.validate import Length, OneOf, Range, Regexp

from compliance.queries.search import STATUSES
from indexer.engine import ORDERS
from indexer.kinds import KINDS

MOST_ROWS, LAST_PAGE, MOST_VALUES = 100, 10_000, 20
LONGEST_QUESTION, LONGEST_TEXT = 10_000, 200
REGION = re.compile(r"[0-9]{2}(\.[0-9]{2})?")
YEARS = re.compile(r"[0-9]{4}(\.\.([0-9]{4})?)?|\.\.[0-9]{4}")
PLAIN = re.compile(r"[^\x00]*")
READING_STATES = ("menunggu", "dibaca", "terbaca", "sebagian", "gagal")
JENIS = sorted({kind.jenis for kind in KINDS})


class Whole(Regexp):
    """The pattern holds for the whole value, to the last character."""

    def __init__(self, pattern: re.Pattern[str], error: str) -> None:
        super().__init__(re.compile(f"^(?:{pattern.pattern})$"), error=error)
        self._whole = pattern

    def __call__(self, value: Any) -> Any:
        if not self._whole.fullmatch(value):
            raise ValidationError(str(self.error))
        return value


class WholeNumber(fields.Integer):
    """Digits and nothing else: no sign, blank, underscore or digit of another script."""

    default_error_messages = {"invalid": "Tulis bilangan bulat dengan angka 0-9."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        if not re.fullmatch(r"0|[1-9][0-9]{0,9}", str(value)):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **more)


class Day(fields.Date):
    """A day as 2021-11-15."""

    default_error_messages = {"invalid": "Tulis tanggal seperti 2021-11-15."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> date:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **more)


def number(least: int, most: int, description: str, default: int | None = None) -> WholeNumber:
    bounds = Range(least, most, error=f"Tulis bilangan {least} sampai {most}.")
    more: dict[str, Any] = {} if default is None else {"load_default": default}
    return WholeNumber(validate=bounds, metadata={"description": description}, **more)


def switch(description: str) -> WholeNumber:
    return WholeNumber(validate=OneOf((0, 1), error="Tulis 0 atau 1."), metadata={"description": description})


def choice(values: list[str] | tuple[str, ...], description: str, default: str | None = None) -> fields.String:
    one = OneOf(values, error="Pilih salah satu: {choices}.")
    more: dict[str, Any] = {} if default is None else {"load_default": default}
    return fields.String(validate=one, metadata={"description": description}, **more)


def several(each: fields.String, description: str) -> fields.List[Any]:
    bound = Length(max=MOST_VALUES, error="Paling banyak {max} nilai.")
    return fields.List(each, validate=bound, load_default=(), metadata={"description": description})


def text(pattern: re.Pattern[str], error: str, description: str = "") -> fields.String:
    length = Length(max=LONGEST_TEXT, error="Paling panjang {max} huruf.")
    return fields.String(validate=[length, Whole(pattern, error)], metadata={"description": description})


def region(description: str) -> fields.String:
    return text(REGION, "Tulis kode wilayah Kemendagri, misalnya 62 atau 62.06.", description)


def plain(description: str = "") -> fields.String:
    return text(PLAIN, "Huruf NUL tidak bisa dicari.", description)


class Nothing(Schema):
    """No parameter at all."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "Parameter ini tidak dikenal. Daftarnya di /api/v1/."}


class Paged(Nothing):
    """Lists come in pages."""

    page = number(1, LAST_PAGE, "Which page of the list, from 1.", 1)
    limit = number(1, MOST_ROWS, f"How many on a page, at most {MOST_ROWS}.", 20)


class SearchAsked(Paged):
    q = fields.String(
        required=True,
        validate=Length(max=LONGEST_QUESTION, error="Paling panjang {max} huruf."),
        error_messages={"required": "Tulis apa yang dicari; boleh kosong bila memakai saringan."},
        metadata={
            "description": "What to look for, as typed on the search page: words, “phrases”, DAN ATAU TIDAK, jenis: tahun: wilayah: judul: "
            "pasal: status:, or a regulation's name (perbup kutim 12/2023). May be empty where filters are given.",
            "example": "perbup katingan 6/2019",
        },
    )
    jenis = several(plain(), "Kind; codes, names and abbreviations in any case. May be repeated: any of them.")
    tahun = several(
        text(YEARS, "Tulis tahun seperti 2021, 2021..2024, 2021.. atau ..2024."), "Year or range of years (2021..2024)."
    )
    wilayah = several(plain(), "Region's code or name; a province includes its kabupaten/kota, 00 is the nation.")
    penerbit = several(plain(), "Who issued it, as in the facets.")
    topik = several(plain(), "Topic, as in the facets.")
    status = several(choice(STATUSES, ""), "Legal status.")
    dalam = choice(("dokumen", "pasal"), "All words anywhere in the document, or within one Pasal.", "dokumen")
    sort = choice(ORDERS, "Order: by relevance, newest first, or by number.", ORDERS[0])


class DocumentsAsked(Paged):
    jenis = choice(JENIS, "Kind.")
    tahun = number(0, 9999, "Year.")
    wilayah = region("Region's code; a province's includes its kabupaten/kota, 00 is the nation.")
    status = choice(STATUSES, "Legal status.")
    reading_state = choice(READING_STATES, "How far it is read.")
    text = plain("Stands in the file's name, the title or the number.")
    doubtful = switch("1: only documents whose identity needs a person.")
    contoh = switch("1: only samples; 0: none.")


class PageAsked(Nothing):
    words = switch("1: also every word with its place on the paper.")


class RegulationsAsked(Paged):
    jenis = choice(JENIS, "Kind.")
    tahun = number(0, 9999, "Year.")
    wilayah = region("Region's code; a province's includes its kabupaten/kota, 00 is the nation.")
    without_text = switch("1: only acts whose text is not held.")


class ActAsked(Nothing):
    per = Day(metadata={"description": "The day whose standing is asked for; today where absent."})
