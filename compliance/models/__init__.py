"""The tables, one file per family. Importing this package knows them all (Alembic and the tests do)."""

from compliance.models.audit import AuditRow
from compliance.models.award import AwardEdition, Indicator, Score
from compliance.models.claim import (
    AgreementClaim,
    BudgetClaim,
    Choice,
    Claim,
    CountClaim,
    CoverageClaim,
    StageClaim,
    TargetClaim,
    UnmatchedRow,
)
from compliance.models.document import Document, DocumentField, DocumentVersion, File, Page, PageCorrection, Part
from compliance.models.region import Region, RegionAlias
from compliance.models.regulation import Obligation, Regulation, RegulationRelation
from compliance.models.search import SavedSearch, SavedSearchMatch, SearchMail, SearchReport
from compliance.models.token import ApiToken
from compliance.models.user import Membership, User
from compliance.models.work import Heartbeat, Work

__all__ = [
    "AgreementClaim",
    "ApiToken",
    "AuditRow",
    "AwardEdition",
    "BudgetClaim",
    "Choice",
    "Claim",
    "CountClaim",
    "CoverageClaim",
    "Document",
    "DocumentField",
    "DocumentVersion",
    "File",
    "Heartbeat",
    "Indicator",
    "Membership",
    "Obligation",
    "Page",
    "PageCorrection",
    "Part",
    "Region",
    "RegionAlias",
    "Regulation",
    "RegulationRelation",
    "SavedSearch",
    "SavedSearchMatch",
    "Score",
    "SearchMail",
    "SearchReport",
    "StageClaim",
    "TargetClaim",
    "UnmatchedRow",
    "User",
    "Work",
]
