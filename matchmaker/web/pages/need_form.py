"""The need form: what it asks, and what its sender agrees to."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter

from matchmaker.web.pages.form_routes import route_form
from matchmaker.web.pages.need_fields import ATTACHMENTS, CONTACT, FIRM, PROBLEM
from matchmaker.web.pages.public_form import CheckPage, FormWords, PublicForm, Step

router = APIRouter()

# What the sender agrees to, by the purpose of the consent; shown above the button.
MATCHING = "I want my need to be compared with the profiles of startups."
PASSING = {
    "anonymous": "My need may be passed on to fitting startups, without the name of the firm.",
    "named": "My need may be passed on to fitting startups, with the name of the firm.",
}


def _agreed(answers: Mapping[str, Any]) -> dict[str, str]:
    passing = PASSING.get(answers["visibility"])
    return {"matching": MATCHING} | ({"introduction": passing} if passing else {})


NEED_FORM = PublicForm(
    kind="need",
    steps={
        "need": Step("Your need", PROBLEM, files=ATTACHMENTS),
        "need_firm": Step("Your firm", FIRM),
        "need_contact": Step("Contact and visibility", CONTACT),
    },
    check="need_check",
    sent="need_sent",
    owner="status",
    confirm_mail="confirm_need",
    confirmed_mail="need_confirmed",
    words=FormWords(
        lead="It takes five minutes. You need no account, and you can correct everything before "
        "you send it.",
        promise="We send a mail to {address}. Only when you confirm it does your need become "
        "valid.",
        sent="We have sent you a mail with a link. Open it and confirm your need there.",
        confirm="Confirm your need",
        confirmed="This need is confirmed already",
        done="You need do nothing more. The link to your need is in our second mail.",
    ),
    agreed=_agreed,
    check_page=CheckPage,
)
route_form(router, NEED_FORM)
