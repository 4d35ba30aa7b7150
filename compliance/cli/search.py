"""flask search, flask status, flask index: asking the index, and keeping it true."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from compliance.cli.sessions import COMMAND_ACTOR, command_session, print_json, say, settings
from compliance.queries import search as search_queries
from compliance.queries.documents import reading_counts
from compliance.queries.engines import serving_engine
from compliance.queries.search import Answer, Asked
from compliance.queries.system import versions
from compliance.reports.answers import described_answer
from compliance.services import indexing
from indexer.engine import Building
from indexer.errors import IndexUnavailable
from indexer.index_files import trouble

PROGRESS_SECONDS = 3


@click.command("search")
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Write the contract's JSON.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many hits.")
@click.option("--jenis", multiple=True, help="Kind (Perbup); may be repeated.")
@click.option("--tahun", multiple=True, help="Year, or a range 2021..2024; may be repeated.")
@click.option("--wilayah", multiple=True, help="Region code or name; a province includes its kabupaten/kota.")
@click.option("--status", multiple=True, help="Legal status (berlaku, dicabut…).")
def search(query: str, as_json: bool, limit: int, **filters: tuple[str, ...]) -> None:
    """Search documents and regulations."""
    with command_session() as session:
        asked = Asked(query, limit=limit, **filters)  # type: ignore[arg-type]
        answer = search_queries.search(session, COMMAND_ACTOR, serving_engine(settings().index_url), asked)
        if as_json:
            print_json(described_answer(answer))
        else:
            _show(answer)


def _show(answer: Answer) -> None:
    for sentence in (*answer.query.understood, *(note.text for note in answer.notices)):
        say(sentence)
    click.echo(f"{answer.total} ditemukan")
    for found in answer.hits:
        where = found.document.file_name if found.document else "belum ada naskahnya"
        click.echo(f"\n{found.name}  [{where}]\n  {found.act.judul or ''}")
        for page in found.pages:
            click.echo(f"  hlm. {page.number}{f' · {page.tempat}' if page.tempat else ''}: {page.snippet.text}")


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Write the contract's JSON.")
def status(as_json: bool) -> None:
    """Show what is held, unread, indexed and out of date."""
    with command_session() as session:
        counts = reading_counts(session, COMMAND_ACTOR)
        state = indexing.index_state(session, serving_engine(settings().index_url))
        found = {
            "documents": counts.documents,
            "pages": counts.pages,
            "pages_unread": counts.pages_unread,
            "indexed": state.indexed,
            "out_of_date": state.out_of_date,
            "versions": versions(state.version),
            "index_problem": state.problem or None,
            "index_building": _building(state.building),
        }
    if as_json:
        print_json(found)
        return
    for name, value in found.items():
        click.echo(f"{name}: {value}")


def _building(building: Building | None) -> dict[str, object] | None:
    if building is None:
        return None
    told = {"done": building.done, "total": building.total, "since": building.since, "goes_on": building.goes_on}
    return told | {"problem": building.problem or None}


@click.group("index")
def index() -> None:
    """Keep the search index in step with the database."""


@index.command("sync")
def sync() -> None:
    """Index what is new, changed or gone since."""
    with command_session() as session, _failure_told():
        touched = indexing.bring_index_up_to_date(session, settings())
    say(f"{touched} diperbarui di indeks.")


@index.command("rebuild")
def rebuild() -> None:
    """Build the whole index anew beside the serving one, then switch."""
    with command_session() as session, _failure_told():
        built = indexing.rebuild(session, serving_engine(settings().index_url), _Progress())
    say(f"Indeks dibangun ulang: {built} dokumen dan peraturan.")


class _Progress:
    """Says on stderr every few seconds how many of how many units are built, since when."""

    def __init__(self) -> None:
        self._since = datetime.now().astimezone()
        self._said_at = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() > self._said_at + PROGRESS_SECONDS:
            self._said_at = time.monotonic()
            say(f"{done} dari {total} sejak {self._since:%H.%M}")


@contextmanager
def _failure_told() -> Iterator[None]:
    """What stands against writing the index becomes one sentence that says what to do."""
    try:
        yield
    except (OSError, IndexUnavailable) as error:
        raise click.ClickException(f"Indeks tidak dapat ditulis. {trouble(error)}") from error
