"""What firms may demand of IT security and startups can show: one list for both forms.

The codes are those of `profiles.IT_SECURITY`.
"""

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
