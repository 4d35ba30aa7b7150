"""What is to be done about saved searches once the index has changed."""

from __future__ import annotations

import logging

from compliance.config import Settings
from compliance.errors import SearchUnavailable
from compliance.queries.engines import serving_engine
from compliance.services.intake import Writing
from compliance.services.saved_searches import check_searches
from compliance.services.search_mails import send_digests

log = logging.getLogger(__name__)


def tell_of_new_matches(writing: Writing, chosen: Settings) -> tuple[int, int]:
    """How many matches are new and how many mails went out. Without an index nothing is looked for, and what waits is still mailed."""
    new = 0
    try:
        with writing() as session:
            new = check_searches(session, serving_engine(chosen.index_url))
    except SearchUnavailable as error:
        log.warning("saved searches wait: %s", error)
    return new, send_digests(writing, chosen)
