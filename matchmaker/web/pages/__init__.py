"""The pages, one file for each subject: a context class per page, and the routes that fill it."""

from fastapi import APIRouter

from matchmaker.web.pages import (
    account,
    held,
    inbox,
    match_list,
    need_check,
    need_form,
    need_owner,
    pair,
    proof,
    start,
    statements,
    taking_away,
)

router = APIRouter(include_in_schema=False)
router.include_router(start.router)
router.include_router(account.router)
router.include_router(inbox.router)
router.include_router(match_list.router)
router.include_router(held.router)
router.include_router(pair.router)
router.include_router(taking_away.router)
router.include_router(need_form.router)
router.include_router(need_check.router)
router.include_router(proof.router)
router.include_router(need_owner.router)
router.include_router(statements.router)
