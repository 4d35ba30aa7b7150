"""The blueprints of the product, one per noun. A new one is added here and nowhere else."""

from __future__ import annotations

from flask import Blueprint

from compliance.web import (
    pictures,
    reading,
    relations,
    saved_searches,
    search_files,
    search_reports,
    suggestions,
    uploads,
)
from compliance.web.articles import blueprint as articles
from compliance.web.awards import blueprint as awards
from compliance.web.bin import blueprint as bin_pages
from compliance.web.checking import blueprint as checking
from compliance.web.claims import blueprint as claims
from compliance.web.corrections import blueprint as corrections
from compliance.web.documents import blueprint as documents
from compliance.web.jdih import blueprint as jdih
from compliance.web.regions import blueprint as regions
from compliance.web.regulations import blueprint as regulations
from compliance.web.search import blueprint as search
from compliance.web.system import blueprint as system
from compliance.web.unlocking import blueprint as unlocking
from compliance.web.users import blueprint as users
from compliance.web.versions import blueprint as versions
from compliance.web.work import blueprint as work

BLUEPRINTS: tuple[Blueprint, ...] = (
    articles,
    awards,
    bin_pages,
    checking,
    claims,
    corrections,
    documents,
    jdih,
    regions,
    regulations,
    search,
    system,
    unlocking,
    users,
    versions,
    work,
)

MORE_PAGES = (pictures, reading, relations, saved_searches, search_files, search_reports, suggestions, uploads)
"""Modules that add pages to a blueprint above; importing them is all it takes."""
