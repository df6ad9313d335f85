"""The pages, one file for each subject: a context class per page, and the routes that fill it."""

from fastapi import APIRouter

from matchmaker.web.pages import (
    account,
    confirming,
    held,
    holds,
    hub,
    inbox,
    judging,
    match_list,
    need_form,
    need_owner,
    pair,
    placing,
    proof,
    registrations,
    review,
    scorers,
    shortcuts,
    start,
    startup_form,
    startup_needs,
    startup_owner,
    startup_search,
    statements,
    taking_away,
    tandem,
    tandem_notes,
    tandems,
    why_not,
)

router = APIRouter(include_in_schema=False)
router.include_router(start.router)
router.include_router(account.router)
router.include_router(inbox.router)
router.include_router(match_list.router)
router.include_router(review.router)
router.include_router(held.router)
router.include_router(pair.router)
router.include_router(placing.router)
router.include_router(why_not.router)
router.include_router(startup_search.router)
router.include_router(startup_needs.router)
router.include_router(judging.router)
router.include_router(holds.router)
router.include_router(shortcuts.router)
router.include_router(taking_away.router)
router.include_router(tandems.router)
router.include_router(tandem.router)
router.include_router(tandem_notes.router)
router.include_router(scorers.router)
router.include_router(need_form.router)
router.include_router(startup_form.router)
router.include_router(startup_owner.router)
router.include_router(registrations.router)
router.include_router(hub.router)
router.include_router(confirming.router)
router.include_router(proof.router)
router.include_router(need_owner.router)
router.include_router(statements.router)
