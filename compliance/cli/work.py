"""flask work: what is being read, waits and failed, as the page shows it; failed documents tried again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click
from flask.cli import with_appcontext

from compliance.cli.sessions import COMMAND_ACTOR, command_session, print_json, say, settings
from compliance.cli.worker import transactions
from compliance.queries.work import Item, Overview, work_overview
from compliance.services.inbox import Lying, lying_files
from compliance.services.retries import try_again


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
@with_appcontext
def work(context: click.Context, as_json: bool) -> None:
    """Show the background work: running, waiting, failed."""
    if context.invoked_subcommand:
        return
    with command_session() as session:
        overview, lying = work_overview(session, COMMAND_ACTOR), lying_files(settings().inbox)
    if as_json:
        print_json(_as_json(overview, lying))
    else:
        _tell(overview, lying)


@work.command()
@click.argument("ids", nargs=-1, type=int)
def retry(ids: tuple[int, ...]) -> None:
    """Let failed documents be read again: those named by their ids, or all."""
    with command_session(), transactions()() as session:
        count = try_again(session, COMMAND_ACTOR, ids or None)
    say(f"{count} dokumen menunggu dibaca lagi.")


def _as_json(overview: Overview, lying: Sequence[Lying]) -> dict[str, Any]:
    return {
        "workers": [
            {"worker": beat.worker, "started_at": beat.started_at, "seen_at": beat.seen_at} for beat in overview.workers
        ],
        "running": [
            {
                **_item(item),
                "pages_done": item.work.pages_done,
                "pages_total": item.work.pages_total,
                "since": item.work.started_at,
                "worker": item.work.worker,
                "abandoned": item.is_abandoned,
            }
            for item in overview.running
        ],
        "waiting": [{**_item(item), "attempts": item.work.attempts} for item in overview.waiting],
        "failed": [
            {
                **_item(item),
                "attempts": item.work.attempts,
                "code": item.document.failure_code,
                "reason": item.document.failure_reason,
                "at": item.work.ended_at,
            }
            for item in overview.failed
        ],
        "counts": {
            "running": overview.running_count,
            "waiting": overview.waiting_count,
            "failed": overview.failed_count,
            "done_today": overview.done_today,
        },
        "inbox": [{"file": file.place, "bytes": file.size_bytes, "trouble": file.trouble} for file in lying],
    }


def _item(item: Item) -> dict[str, Any]:
    return {"id": item.document.id, "file": item.document.file_name}


def _tell(overview: Overview, lying: Sequence[Lying]) -> None:
    for item in overview.running:
        reached = (
            f"halaman {item.work.pages_done} dari {item.work.pages_total}" if item.work.pages_total else "baru dibuka"
        )
        click.echo(f"dibaca\t{item.document.id}\t{item.document.file_name}\t{reached}")
    for item in overview.waiting:
        click.echo(f"menunggu\t{item.document.id}\t{item.document.file_name}")
    for item in overview.failed:
        click.echo(f"gagal\t{item.document.id}\t{item.document.file_name}\t{item.document.failure_reason}")
    for file in lying:
        click.echo(f"masuk\t\t{file.place}\t{file.trouble}")
    say(
        f"{overview.running_count} dibaca, {overview.waiting_count} menunggu, {overview.failed_count} gagal, "
        f"{overview.done_today} selesai hari ini; {len(overview.workers)} pekerja berjalan."
    )
    if overview.is_unattended or (lying and not overview.workers):
        say("Tidak ada pekerja yang berjalan. Jalankan: make run, atau .venv/bin/flask worker")
