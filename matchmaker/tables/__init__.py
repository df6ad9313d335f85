"""Every table of the database; some twenty rows that refer to each other live in one room."""

from matchmaker.tables.attachment import ATTACHMENT_KINDS, Attachment
from matchmaker.tables.challenge import ChallengeKey, SpentChallenge
from matchmaker.tables.hold import Hold
from matchmaker.tables.mail import MAIL_STATES, Mail
from matchmaker.tables.match import MatchList, MatchListEntry, MatchRun
from matchmaker.tables.municipality import Municipality
from matchmaker.tables.office import ROLES, ApiToken, LoginSession, Office, Officer
from matchmaker.tables.party import (
    CONSENT_PURPOSES,
    PARTY_KINDS,
    VISIBILITIES,
    ClusterMembership,
    Consent,
    Party,
)
from matchmaker.tables.placement import PLACEMENT_KINDS, Placement
from matchmaker.tables.profile import (
    NEED_STATUSES,
    PRICE_CLASSES,
    SOLUTION_STATUSES,
    BlockedPair,
    Need,
    Solution,
)
from matchmaker.tables.records import ImportBatch, ImportChange, ImportMapping, LedgerEntry
from matchmaker.tables.review import DECISIONS, Review, SavedFilter, Teaser
from matchmaker.tables.scorer import SCORER_STATES, ScorerVersion
from matchmaker.tables.search import search_columns, with_search_keys
from matchmaker.tables.submission import SUBMISSION_KINDS, SUBMISSION_STATES, Contact, Submission
from matchmaker.tables.tandem import REASONS, SIDES, TANDEM_STAGES, Event, Tandem, TandemNote
from matchmaker.tables.text import Embedding, SentenceEmbedding, TextVersion

__all__ = [
    "ATTACHMENT_KINDS",
    "CONSENT_PURPOSES",
    "DECISIONS",
    "MAIL_STATES",
    "NEED_STATUSES",
    "PARTY_KINDS",
    "PLACEMENT_KINDS",
    "PRICE_CLASSES",
    "REASONS",
    "ROLES",
    "SCORER_STATES",
    "SIDES",
    "SOLUTION_STATUSES",
    "SUBMISSION_KINDS",
    "SUBMISSION_STATES",
    "TANDEM_STAGES",
    "VISIBILITIES",
    "ApiToken",
    "Attachment",
    "BlockedPair",
    "ChallengeKey",
    "ClusterMembership",
    "Consent",
    "Contact",
    "Embedding",
    "Event",
    "Hold",
    "ImportBatch",
    "ImportChange",
    "ImportMapping",
    "LedgerEntry",
    "LoginSession",
    "Mail",
    "MatchList",
    "MatchListEntry",
    "MatchRun",
    "Municipality",
    "Need",
    "Office",
    "Officer",
    "Party",
    "Placement",
    "Review",
    "SavedFilter",
    "ScorerVersion",
    "SentenceEmbedding",
    "Solution",
    "SpentChallenge",
    "Submission",
    "Tandem",
    "TandemNote",
    "Teaser",
    "TextVersion",
    "search_columns",
    "with_search_keys",
]
