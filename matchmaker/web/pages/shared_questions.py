"""Questions and answers that stand in the form of firms and in that of startups.

What firms may demand of IT security and startups can show are the codes of `profiles.IT_SECURITY`.
"""

from matchmaker.web.forms import Field

COOPERATION = Field(
    "cooperation",
    "What could the cooperation look like?",
    "some",
    choices=(
        ("buy", "Buying"),
        ("pilot", "A trial"),
        ("joint_development", "Developing together"),
        ("stake", "Taking a stake"),
    ),
)
CONTACT_NAME = Field(
    "contact",
    "Your name",
    missing="Please tell us whom we may ask for.",
    autocomplete="name",
)
PHONE = Field("phone", "Phone", "tel", longest=50, autocomplete="tel")
PROOFS = (
    ("gdpr", "A contract on processing personal data (GDPR)"),
    ("iso27001", "ISO 27001"),
    ("tisax", "TISAX"),
    ("bsi_c5", "BSI C5"),
    ("soc2", "SOC 2"),
)
DATA_LOCATIONS = (
    ("de_hosting", "In Germany"),
    ("eu_hosting", "In the European Union"),
    ("on_premises", "At the customer"),
    ("air_gapped", "At the customer, without internet"),
)
