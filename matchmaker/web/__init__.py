"""The REST API. `create_app` builds it from its parts; nothing here is global.

Errors are raised by the domain without a thought for HTTP and become problem documents
(RFC 9457) in one place, `problems`. API tokens are made and taken back here, too.
"""

from matchmaker.web.addresses import address
from matchmaker.web.app import create_app
from matchmaker.web.authentication import issue_token, revoke_token
from matchmaker.web.pages.owner_mail import owner_writer

__all__ = ["address", "create_app", "issue_token", "owner_writer", "revoke_token"]
