#!/bin/sh
# Installs the system parts that are missing (Debian, Ubuntu): ./system.sh PACKAGE...
# As root or with password-less sudo it installs them and says so; else it names the one line to run. SYSTEM=no skips.
set -u
[ "${SYSTEM:-yes}" = no ] && exit 0
missing=""
for package in "$@"; do
    case "$package" in
        tesseract-ocr) command -v tesseract >/dev/null 2>&1 || missing="$missing $package" ;;
        tesseract-ocr-ind) tesseract --list-langs 2>/dev/null | grep -qx ind || missing="$missing $package" ;;
        chromium) command -v chromium >/dev/null 2>&1 || missing="$missing $package" ;;
        postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing $package" ;;
        redis-server) command -v redis-server >/dev/null 2>&1 || missing="$missing $package" ;;
        python3-venv) "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing $package" ;;
        *) dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package" ;;
    esac
done
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Belum terpasang:$missing. Pasanglah dengan pengelola paket sistem ini." >&2
    exit 0
fi
if [ "$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo"; else
    echo "Belum terpasang:$missing. Tanpa tesseract, halaman pindaian menunggu OCR. Pasang dengan satu baris ini:" >&2
    echo "    sudo apt-get install -y --no-install-recommends$missing" >&2
    exit 0
fi
echo "Memasang bagian sistem:$missing (SYSTEM=no melewati langkah ini)" >&2
export DEBIAN_FRONTEND=noninteractive
$as apt-get update -qq && $as apt-get install -y -qq --no-install-recommends $missing >/dev/null || {
    echo "Gagal memasang$missing. Patuh tetap jalan; coba lagi nanti dengan: make system" >&2
}
exit 0
