"""Everything a reader needs, loaded once: what Python and the libraries load at first use is then there for every forked reader."""

from __future__ import annotations

import tempfile
from pathlib import Path

from indexer.findings import findings_of
from indexer.messages import as_sent, findings_line, page_lines
from indexer.pdf import PdfFile, page_png
from indexer.reading import page_as_read
from indexer.regions import RegionNames

_TEXT = b"BT /F1 12 Tf 60 760 Td (PERATURAN BUPATI) Tj 0 -20 Td (NOMOR 1 TAHUN 2020) Tj 0 -20 Td (TENTANG) Tj ET"
_OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_TEXT), _TEXT),
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
)


def warm_up() -> None:
    """A page of our own has been read, understood and drawn, and forgotten."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pemanasan.pdf"
        path.write_bytes(_own_pdf())
        with PdfFile(path) as file:
            page = page_as_read(file, 1, ocr=False)
            page_lines(as_sent(page))
            findings_line(findings_of([page], file.metadata, RegionNames(), path.name))
        page_png(path, 1, dpi=10)


def _own_pdf() -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(_OBJECTS, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(_OBJECTS) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer
