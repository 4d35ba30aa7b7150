"""The shapes of answers, field by field. null always means that nobody has looked or that it is not known, never "none"."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

UNKNOWN = "null: not known yet (belum diperiksa)."


class Shape(Schema):
    """Every field is always there."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.required = True


def string(description: str = "") -> fields.String:
    return fields.String(metadata={"description": description} if description else {})


def maybe(field: type[fields.Field[Any]], description: str = UNKNOWN) -> Any:
    return field(allow_none=True, metadata={"description": description})


def whole(description: str = "") -> fields.Integer:
    return fields.Integer(metadata={"description": description} if description else {})


def yes_or_no(description: str = "") -> fields.Boolean:
    return fields.Boolean(metadata={"description": description} if description else {})


def many(shape: type[Schema], description: str = "") -> Any:
    return fields.List(fields.Nested(shape), metadata={"description": description} if description else {})


def texts(description: str = "") -> Any:
    return fields.List(fields.String(), metadata={"description": description} if description else {})


def numbers(description: str = "") -> Any:
    return fields.List(fields.Integer(), metadata={"description": description} if description else {})


class Problem(Shape):
    status = whole("The HTTP status.")
    code = string("Stable name of what went wrong; tell cases apart by this.")
    detail = string("What happened and what to do, in Indonesian.")
    fields_ = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        data_key="fields",
        metadata={"description": "By parameter what is wrong with it; empty where none is."},
    )


class Paged(Shape):
    total = whole("How many there are on all pages, exact.")
    page = whole("This page, from 1.")
    limit = whole()
    next = maybe(fields.String, "Address of the next page; null on the last.")


class Identity(Shape):
    jenis = maybe(fields.String)
    nomor = maybe(fields.String)
    tahun = maybe(fields.Integer)
    wilayah = maybe(fields.String, "Kemendagri's code; 00 or null is the nation.")
    judul = maybe(fields.String)
    status = maybe(fields.String, "Legal status as far as it is proved. " + UNKNOWN)


class Snippet(Shape):
    text = string()
    marks = fields.List(
        fields.List(fields.Integer()), metadata={"description": "[start, end] in `text`, in characters."}
    )


class HitPage(Shape):
    page = whole("From 1.")
    pasal = maybe(fields.String, "The Pasal the snippet stands in; null outside any.")
    tempat = maybe(fields.String, "The same as fine as known: Pasal 7 ayat (2) huruf b.")
    snippet = fields.Nested(Snippet)


class SearchHit(Identity):
    id = maybe(fields.Integer, "The document; null for an act known without a text.")
    sha256 = maybe(fields.String, "Of the file in force.")
    file = maybe(fields.String, "The file's name as received.")
    regulation = maybe(fields.Integer, "The act, where it is known.")
    pages = many(HitPage, "The best pages, in the document's order.")


class Notice(Shape):
    code = string()
    text = string("In Indonesian.")
    count = whole()


class SearchAnswer(Paged):
    partial_ = fields.Integer(
        data_key="partial",
        attribute="partial",
        metadata={
            "description": "Where total is 0: how many have some of the words; hits, facets and next are theirs."
        },
    )
    missing = texts("Words nobody wrote.")
    respelt = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "Words nobody wrote, by which word was searched instead."},
    )
    understood = texts("How the question was read, in Indonesian.")
    notices = many(Notice, "What to know beside the results: pages not read yet, filters that mean nothing.")
    hits = many(SearchHit)
    facets = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.Integer()),
        metadata={"description": 'By field and value how many of the whole result; "" is unknown.'},
    )
    milliseconds = fields.Float()


class DocumentRow(Identity):
    id = whole()
    bentuk = maybe(fields.String, "What it calls itself where that differs from its kind (Qanun, Perdasus).")
    penerbit = maybe(fields.String)
    ditetapkan = maybe(fields.Date)
    doubtful = texts("Fields of the identity that need a person.")
    sha256 = string("Of the file in force.")
    file = string("Its name as received.")
    pages = whole("How many.")
    pages_unread = whole("How many nobody could read yet: their words are not searched.")
    reading_state = string("menunggu, dibaca, terbaca, sebagian, gagal.")
    contoh = yes_or_no("A sample of Patuh's own, no regulation.")


class Failure(Shape):
    code = string()
    reason = string("In Indonesian.")


class ReadField(Shape):
    value = maybe(fields.String)
    doubtful = yes_or_no()
    reason = string("Why, in Indonesian.")
    page = maybe(fields.Integer, "Where it was read.")
    confidence = maybe(fields.Float, "OCR's, 0-100; null for a text layer or a person.")
    by_person = yes_or_no("A person said so.")


class FileVersion(Shape):
    number = whole("From 1; the highest is in force.")
    sha256 = string()
    reason = string("Why it came.")
    recorded_at = fields.DateTime()


class DocumentWhole(DocumentRow):
    name = string("The citation, as far as its parts are known.")
    diundangkan = maybe(fields.Date)
    gazette = maybe(fields.String)
    singkatan = maybe(fields.String, "The short name of the kind as printed.")
    regulation = maybe(fields.Integer, "The act; ask /regulations/{id} for its standing.")
    pages_ocr = whole("How many were read by OCR.")
    failure = fields.Nested(
        Failure, allow_none=True, metadata={"description": "Why it could not be read; null where it could."}
    )
    received_at = fields.DateTime()
    read_at = maybe(fields.DateTime)
    fields_ = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(ReadField),
        data_key="fields",
        attribute="fields",
        metadata={"description": "By field of the identity what it rests on."},
    )
    versions = many(FileVersion, "Newest first.")


class PageRow(Shape):
    page = whole("From 1.")
    width = fields.Float(metadata={"description": "In points, as shown."})
    height = fields.Float()
    source = string("asli (text layer), ocr, tangan (typed by a person), belum (not read).")
    layer = maybe(fields.String, "Verdict on the file's own text: baik, ragu, buruk, tidak ada. " + UNKNOWN)
    confidence = maybe(fields.Float, "Mean of OCR's words, 0-100; null where it was no OCR.")
    reason = string("Why that source, in Indonesian.")
    corrected = yes_or_no("A person set the text right.")
    characters = whole("Length of the text.")


class PlacedWord(Shape):
    text = string()
    start = whole("Offset in the page's text.")
    box = fields.List(fields.Float(), metadata={"description": "[x0, y0, x1, y1] in points from the top left."})
    confidence = maybe(fields.Float, "OCR's, 0-100; null for a text layer.")


class PageText(PageRow):
    text = string()
    words = fields.List(
        fields.Nested(PlacedWord), allow_none=True, metadata={"description": "With ?words=1; else null."}
    )


class Place(Shape):
    address = string("Ask /documents/{id}/pasal/{address} for its text.")
    name = string("Pasal 7 ayat (2).")
    kind = string("bab, pasal, ayat, huruf, diktum, penjelasan, lampiran …")
    number = string()
    heading = string()
    page = whole("Where it begins.")
    start = whole("Offset in that page's text, in characters.")
    end_page = whole()
    end = whole("Offset in the last page's text, exclusive.")


class PartNode(Place):
    parts = fields.List(
        fields.Nested(lambda: PartNode()), metadata={"description": "What lies in it, in reading order."}
    )


class DocumentRows(Paged):
    documents = many(DocumentRow, "Newest first.")


class PageRows(Shape):
    document = whole()
    pages = many(PageRow)


class PartTree(Shape):
    document = whole()
    parts = many(PartNode, "The outermost parts in reading order.")


class PartText(Place):
    document = whole()
    citation = string("The part and the act, as far as they are known.")
    doubtful = texts("Fields of the act's identity that need a person: mind them when citing.")
    contoh = yes_or_no("A sample, no regulation.")
    text = maybe(fields.String, "An item a line; null for a division, see `contents`.")
    contents = texts("Addresses of what lies in a division.")
    explanation = maybe(fields.String, "What the penjelasan says of the Pasal; null where it is not held.")
    read_by_ocr = yes_or_no("May hold misread letters.")
    pages_unread = numbers("Pages of it that nobody could read: the text has a gap there.")
    is_cut = yes_or_no("Only the first pages of a very long part.")


class RegulationIdentity(Identity):
    id = whole()
    slug = maybe(fields.String, "Name in the shipped catalogue.")
    bentuk = maybe(fields.String)
    penerbit = maybe(fields.String)
    ditetapkan = maybe(fields.Date)
    diundangkan = maybe(fields.Date)
    mulai_berlaku = maybe(fields.Date)
    berlaku_sampai = maybe(fields.Date, "Last day of validity where one is set.")
    gazette = maybe(fields.String)
    topik = texts()
    unverified = texts("Fields that nobody read in a source yet.")
    name = string("The citation.")


class RegulationRow(RegulationIdentity):
    document = maybe(fields.Integer, "A held text; null where none is.")


class RegulationRows(Paged):
    regulations = many(RegulationRow)


class StandingProof(Shape):
    kind = string("hubungan (a relation), isian (a date of the act), katalog, jdih.")
    column = maybe(fields.String, "Which date.")
    relation = maybe(fields.Integer, "Which relation; null where it is none, or not yours to read.")


class Standing(Shape):
    per = fields.Date()
    state = maybe(fields.String, "rancangan, belum berlaku, berlaku, diubah, dicabut, habis, tidak berlaku. " + UNKNOWN)
    since = maybe(fields.Date)
    confirmed = yes_or_no("A person, or a source that was read, says so.")
    proof = fields.Nested(StandingProof, allow_none=True)
    contradictions = texts(
        "Codes of statements that can't be true together; they await a person and count for nothing."
    )


class Relation(Shape):
    id = whole()
    direction = string("outgoing: this act says so; incoming: another says so of it.")
    kind = string("mengubah, mencabut, mencabut sebagian, melaksanakan, dasar hukum, dilanjutkan.")
    regulation = maybe(fields.Integer, "The other act; null where it is known by name only or not yours to read.")
    name = maybe(fields.String, "Its citation, or the words used for it.")
    decision = maybe(fields.String, "diterima or ditolak by a person. " + UNKNOWN)
    origin = string("naskah (read from a text), orang (entered), katalog (shipped).")
    document = maybe(fields.Integer, "Where it is read.")
    page = maybe(fields.Integer, "On which page.")
    quote = maybe(fields.String, "The sentence.")


class Duty(Shape):
    subjek = string()
    teks = string("In Patuh's words.")
    pasal = maybe(fields.String)
    verified = yes_or_no("Read in a source.")
    sumber = maybe(fields.String)


class RegulationWhole(RegulationIdentity):
    sumber = maybe(fields.String, "Where what is known comes from.")
    documents = numbers("Held texts, oldest first.")
    standing = fields.Nested(Standing)
    relations = many(Relation)
    obligations = many(Duty, "What it asks.")
