"""README's pictures, taken from the running product: `make screenshots`.

Sets up a home of its own in a temporary folder, takes in the project's own samples, serves, and photographs the pages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
PORT = "8791"
ADDRESS = f"http://127.0.0.1:{PORT}"
WIDE, PHONE = (1280, 860), (390, 844)
SHOTS = {
    "provinsi": ("/provinsi/62?per=2021-11-15", WIDE),
    "kabupaten": ("/wilayah/35.03", WIDE),
    "cari": ("/cari?q=iuran+pekerja+rentan", WIDE),
    "halaman": ("/dokumen/1/halaman/1?q=pegawai+non-asn", WIDE),
    "paritrana": ("/paritrana/ntb-2025/52.03", WIDE),
    "ponsel": ("/provinsi/62?per=2021-11-15", PHONE),
}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """Writes docs/gambar/<name>.png for every shot."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "PATUH_VAR": f"{home}/var",
            "PATUH_DOCUMENTS": f"{home}/documents",
            "PATUH_PORT": PORT,
            "FLASK_APP": "app",
        }
        _flask(environment, "setup")
        _flask(environment, "ingest", str(HERE.parent / "documents" / "contoh"))
        server = subprocess.Popen([sys.executable, "app.py"], cwd=HERE.parent, env=environment)
        try:
            _wait()
            link = _flask(environment, "accounts", "link", "admin@patuh.local").strip()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
                _photograph(browser, link)
                browser.close()
        finally:
            server.terminate()
            server.wait(30)


def _photograph(browser: Browser, link: str) -> None:
    context = browser.new_context(locale="id-ID")
    page = context.new_page()
    page.goto(link)
    page.wait_for_url(f"{ADDRESS}/")
    (HERE / "gambar").mkdir(exist_ok=True)
    for name, (path, (width, height)) in SHOTS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(ADDRESS + path, wait_until="networkidle")
        page.screenshot(path=HERE / "gambar" / f"{name}.png")


def _flask(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "flask", *words]
    return subprocess.run(
        command, cwd=HERE.parent, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def _wait() -> None:
    for _ in range(60):
        try:
            urllib.request.urlopen(f"{ADDRESS}/masuk")  # noqa: S310  (our own address)
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server does not answer")


if __name__ == "__main__":
    main()
