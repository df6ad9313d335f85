"""Every table of the database; some twenty rows that refer to each other live in one room."""

from matchmaker.tables.attachment import ATTACHMENT_KINDS, Attachment
from matchmaker.tables.challenge import ChallengeKey, SpentChallenge
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
from matchmaker.tables.profile import (
    NEED_STATUSES,
    SOLUTION_STATUSES,
    BlockedPair,
    Need,
    Solution,
)
from matchmaker.tables.records import ImportBatch, ImportChange, ImportMapping, LedgerEntry
from matchmaker.tables.submission import SUBMISSION_STATES, Contact, Submission
from matchmaker.tables.tandem import SIDES, TANDEM_STAGES, Event, Tandem
from matchmaker.tables.text import Embedding, SentenceEmbedding, TextVersion

__all__ = [
    "ATTACHMENT_KINDS",
    "CONSENT_PURPOSES",
    "MAIL_STATES",
    "NEED_STATUSES",
    "PARTY_KINDS",
    "ROLES",
    "SIDES",
    "SOLUTION_STATUSES",
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
    "SentenceEmbedding",
    "Solution",
    "SpentChallenge",
    "Submission",
    "Tandem",
    "TextVersion",
]
