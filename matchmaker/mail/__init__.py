"""Mail: put into the outbox with the deed that it tells of, and sent from there over SMTP."""

from matchmaker.mail.outbox import mail_address, queue_mail
from matchmaker.mail.sending import SendingReport, send_waiting
from matchmaker.mail.settling import mails_in_doubt, settle_mail

__all__ = [
    "SendingReport",
    "mail_address",
    "mails_in_doubt",
    "queue_mail",
    "send_waiting",
    "settle_mail",
]
