"""The words for tandems: English sentences that go through the catalogue when they are shown."""

from matchmaker.web.pages.verdicts import REASON_WORDS

STAGE_WORDS = {
    "proposed": "proposed",
    "reviewed": "reviewed",
    "sme_asked": "firm asked",
    "startup_asked": "startup asked",
    "both_agreed": "both agree",
    "first_talk": "first talk",
    "pilot": "pilot",
    "agreement": "agreement",
    "alive_after_12_months": "alive after 12 months",
    "ended": "ended",
}
MOVE_WORDS = {**STAGE_WORDS, "taken_up": "taken up again"}
ONE_MORE_PROPOSAL = "one more proposal of the two"
END_WORDS = {**REASON_WORDS, "succeeded": "succeeded", "rests": "rests, can be taken up again"}
PHASE_WORDS = {
    "preparation": "Preparation",
    "support": "Support",
    "funding": "Funding",
    "ended": "Ended",
}
# Through what we learned of a step that no officer recorded.
ORIGIN_WORDS = {"api": "another program", "cli": "the command line", "import": "an import"}
