"""The fixed words that data and rules hold in Indonesian, in the reader's language; sentences made there stay as they are."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import gettext as _


def N_(word: str) -> str:
    """Marks a word for `make translations`, untranslated."""
    return word


LADDERS = (
    *(N_("belum ada peraturan"), N_("baru edaran atau instruksi"), N_("rancangan"), N_("Perkada berlaku")),
    *(N_("Perda berlaku"), N_("tidak dianggarkan"), N_("diusulkan"), N_("ada dalam APBD")),
    *(N_("penerima ditetapkan atau PKS ditandatangani"), N_("pekerja terdaftar"), N_("iuran dibayar")),
    *(N_("iuran lunas 12 bulan"), N_("belum diperiksa"), N_("tingkat belum diketahui"), N_("tangga belum diketahui")),
)
STAGES = (
    *(N_("perencanaan"), N_("penyusunan"), N_("pembahasan"), N_("harmonisasi"), N_("fasilitasi")),
    *(N_("penetapan"), N_("pengundangan")),
)
MEASURES = (
    *(N_("regulasi"), N_("anggaran"), N_("cakupan"), N_("target"), N_("perjanjian"), N_("jumlah")),
    *(N_("pekerja rentan"), N_("guru honorer"), N_("petugas keagamaan"), N_("perangkat desa")),
    *(N_("penyelenggara pemilu"), N_("penduduk bekerja"), N_("angkatan kerja"), N_("jumlah pekerja")),
    *(N_("potensi BPJS"), N_("potensi BPJS Ketenagakerjaan"), N_("potensi pekerja"), N_("potensi pekerja rentan")),
    *(N_("potensi non-ASN"), N_("kelompok yang bersangkutan"), N_("calon penerima"), N_("target peserta")),
)
LEGAL = (
    *(N_("tidak berlaku"), N_("belum berlaku"), N_("mencabut sebagian")),
    *(N_("berlaku"), N_("diubah"), N_("dicabut"), N_("habis"), N_("mengubah"), N_("mencabut"), N_("melaksanakan")),
    *(N_("dasar hukum"), N_("dilanjutkan"), N_("jenis"), N_("bentuk"), N_("nomor"), N_("tahun"), N_("wilayah")),
    *(N_("penerbit"), N_("judul"), N_("ditetapkan"), N_("diundangkan"), N_("gazette"), N_("status")),
)
PEOPLE = (
    *(N_("pembaca"), N_("operator wilayah"), N_("verifikator provinsi"), N_("penilai"), N_("administrator")),
    *(N_("nasional"), N_("provinsi"), N_("otomatis"), N_("manual")),
    *(N_("Peraturan daerah atau Perkada"), N_("Cakupan seluruh pekerja")),
)
ACTIONS = (
    *(N_("membuat akun"), N_("memberi peran"), N_("membuka akun"), N_("menutup akun"), N_("membuat tautan masuk")),
    *(N_("masuk"), N_("masuk dengan tautan"), N_("mengganti kata sandi"), N_("memuat wilayah"), N_("memuat catatan")),
    *(
        N_("memuat edisi Paritrana"),
        N_("menerima dokumen"),
        N_("menerima salinan"),
        N_("membaca dokumen"),
        N_("membaca ulang"),
    ),
    *(N_("gagal membaca"), N_("mencatat"), N_("menempatkan baris"), N_("memilih catatan"), N_("memberi nilai")),
    *(N_("mencatat peraturan"), N_("melengkapi peraturan"), N_("memeriksa identitas"), N_("memuat katalog peraturan")),
    *(N_("menerima hubungan"), N_("menolak hubungan"), N_("menunjuk sasaran hubungan"), N_("mencatat hubungan")),
    N_("menyesuaikan status"),
    *(N_("pengguna"), N_("catatan"), N_("dokumen"), N_("edisi"), N_("nilai"), N_("peraturan")),
)
VOCABULARY = frozenset((*LADDERS, *STAGES, *MEASURES, *LEGAL, *PEOPLE, *ACTIONS))
DRAFT = "rancangan "
UNNUMBERED = " (nomor belum tercatat)"


def in_words(text: str | None) -> str:
    """A word of the vocabulary in the reader's language; anything else unchanged."""
    return str(gettext(text)) if text in VOCABULARY else text or ""


def state_label(label: str) -> str:
    """The label of a regulation's state: “Perbup 6/2019” unchanged, “rancangan Perbup” and words of the ladder translated."""
    if label.startswith(DRAFT):
        return str(_("rancangan %(bentuk)s", bentuk=label.removeprefix(DRAFT)))
    if label.endswith(UNNUMBERED):
        return str(_("%(bentuk)s (nomor belum tercatat)", bentuk=label.removesuffix(UNNUMBERED)))
    return in_words(label)
