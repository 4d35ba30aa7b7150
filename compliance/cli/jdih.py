"""flask jdih: metadata in the field names of the JDIHN feed, out and in; and the texts still to be found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from compliance.cli.sessions import COMMAND_ACTOR, command_session, print_json, say, settings
from compliance.db import transaction
from compliance.queries.jdih import feed_records
from compliance.queries.regions import region_by_code
from compliance.queries.wanted_texts import hunt
from compliance.reports import jdih as files
from compliance.rules.citations import citation
from compliance.rules.wanted import address_of
from compliance.services.jdih import import_feed, previewed

REGION = click.option("--wilayah", help="Kemendagri code; a province's includes its kabupaten/kota.")


@click.group()
def jdih() -> None:
    """Exchange metadata with a JDIH, and list the texts still to be found."""


@jdih.command("export")
@REGION
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True)
def export_feed(wilayah: str | None, form: str) -> None:
    """Write every known act as a record of the JDIHN feed to stdout."""
    with command_session() as session:
        if wilayah:
            region_by_code(session, COMMAND_ACTOR, wilayah)
        records = feed_records(session, COMMAND_ACTOR, settings().front_page, wilayah)
        click.echo(files.json_text(records) if form == "json" else files.csv_text(records), nl=False)


@jdih.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--wilayah", help="Region of records that name none.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of each record.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_file(path: Path, wilayah: str | None, dry_run: bool, as_json: bool) -> None:
    """Take in a feed (JSON or CSV). Empty columns are filled, nothing is overwritten; safe to repeat."""
    with command_session() as session:
        if wilayah:
            region_by_code(session, COMMAND_ACTOR, wilayah)
        records = files.records_in(path.read_bytes())
        fates = previewed(session, COMMAND_ACTOR, records, wilayah)
        counts = Counter(fate.fate for fate in fates)
        if not dry_run:
            with transaction(session) as open_session:
                counts = import_feed(open_session, COMMAND_ACTOR, records, wilayah, path.name)
    refused = [{"number": fate.number, "judul": fate.title, "reason": fate.reason} for fate in fates if fate.reason]
    if as_json:
        print_json({**counts, "catatan": len(records), "alasan": refused})
        return
    say(", ".join(f"{count} {fate}" for fate, count in counts.items()))
    for row in refused:
        say(f"  {row['number']}. {row['judul']}: {row['reason']}")


@jdih.command("wanted")
@REGION
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a list.")
def wanted(wilayah: str | None, as_json: bool) -> None:
    """List the acts that are known without a text, most needed first."""
    with command_session() as session:
        if wilayah:
            region_by_code(session, COMMAND_ACTOR, wilayah)
        found = hunt(session, COMMAND_ACTOR, wilayah)
        rows = [
            {
                "peraturan": citation(each.act),
                "wilayah": each.act.wilayah,
                "claims": each.claims,
                "citations": each.citations,
                "address": address_of(each.act),
            }
            for each in found.wanted
        ]
    if as_json:
        print_json({"known": found.known, "held": found.held, "wanted": rows})
        return
    say(f"{found.held} dari {found.known} peraturan yang diketahui sudah ada naskahnya.")
    for row in rows:
        click.echo(f"{row['peraturan']}  {row['address'] or ''}".rstrip())
