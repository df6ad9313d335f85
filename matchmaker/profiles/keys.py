"""Comparison keys: two spellings of one organization or place get the same key."""

import re
from urllib.parse import urlsplit

from matchmaker.language import fold

# Addresses under these domains name a page of a platform, not the firm that owns the domain.
_SHARED_DOMAINS_TEXT = """
    amazon.com amazon.de angel.co app.link apple.com archive.org behance.net bit.ly
    calendly.com canva.com crunchbase.com discord.com discord.gg ebay.com ebay.de etsy.com
    eventbrite.com facebook.com fb.com fb.me forms.gle github.com gitlab.com goo.gl google.com
    indiegogo.com instagram.com itch.io kickstarter.com linkedin.com linktr.ee medium.com
    meetup.com microsoft.com notion.site notion.so pinterest.com producthunt.com reddit.com
    researchgate.net slack.com soundcloud.com substack.com t.co t.me telegram.me tiktok.com
    tinyurl.com twitch.tv twitter.com typeform.com vimeo.com wa.me wellfound.com whatsapp.com
    wikipedia.org x.com xing.com ycombinator.com youtu.be youtube.com
"""
_SHARED_DOMAINS = frozenset(_SHARED_DOMAINS_TEXT.split())

_LEGAL_FORMS_TEXT = """
    ab ag aktiengesellschaft aps as bv bvba cie co corp corporation ek efk ekfm eg ev
    gag gbr gesellschaft gesmbh ggmbh gmbh gug haftungsbeschraenkt ig inc incorporated kft kg kgaa
    limited llc llp lp ltd mbb mbh nv ohg ood oy oyj partg partgmbb plc pllc pte pty pvt rl sa
    sarl sas se sicav sl slu spa spol sprl sro srl srls ug und zoo
"""
_LEGAL_FORMS = frozenset(_LEGAL_FORMS_TEXT.split())

_DOTTED = re.compile(r"\b((?:\w\.\s?){2,})")
_NOT_WORD = re.compile(r"[^\w]+")
_TOWN_SUFFIX = re.compile(r"\s*[,;].*$")
_TOWN_PREFIX = re.compile(
    r"^(?:(?:gro(?:ss|ß)e kreis|kreis|universitaets|hanse|landeshaupt)?stadt|gemeinde)\s+(?=\w)"
)


def domain_key(website: str | None) -> str | None:
    """The domain that identifies a firm: lower case, without scheme, www, port or path.

    None where there is no domain, or where it belongs to a platform that many firms share.
    """
    if not website:
        return None
    address = website.strip().lower()
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return None
    host = host.removeprefix("www.").strip(".")
    if "." not in host or " " in host or len(host) > 255:
        return None
    parts = host.split(".")
    parents = {".".join(parts[start:]) for start in range(len(parts) - 1)}
    return None if parents & _SHARED_DOMAINS else host


def register_key(number: str | None) -> str | None:
    """A register number without blanks and fill words: type and number first, then the court.

    "Amtsgericht Mannheim, HRB 700 123" and "HRB 700123 Mannheim" get the same key.
    """
    if not number:
        return None
    words = _NOT_WORD.sub(" ", fold(number)).split()
    words = [word for word in words if word not in ("amtsgericht", "ag", "registergericht", "nr")]
    joined = "".join(words)
    entry = re.search(r"(hr[ab]|vr|pr|gnr)(\d+(?:[a-z]{1,2}(?![a-z]))?)", joined)
    if entry:
        joined = entry.group() + joined[: entry.start()] + joined[entry.end() :]
    return joined[:100] or None


def name_key(name: str | None) -> str | None:
    """A firm's name folded, without punctuation and legal form; None where nothing is left."""
    if not name:
        return None
    folded = _DOTTED.sub(lambda match: re.sub(r"[.\s]", "", match.group()) + " ", fold(name))
    words = _NOT_WORD.sub(" ", folded.replace("_", " ")).split()
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    if len(kept) > 1 and kept[0] in ("firma", "fa"):
        kept = kept[1:]
    return " ".join(kept)[:300].strip() or None


def is_legal_form(word: str) -> bool:
    """Whether a folded word names a legal form, such as gmbh."""
    return word in _LEGAL_FORMS


def place_key(town: str | None) -> str | None:
    """A town's name folded, without what stands after a comma and without "Stadt" before it.

    "Bruchsal, Stadt", "Stadt Bruchsal" and "BRUCHSAL" get the same key.
    """
    if not town:
        return None
    folded = _TOWN_SUFFIX.sub("", fold(town).strip())
    words = _NOT_WORD.sub(" ", _TOWN_PREFIX.sub("", folded)).split()
    spelled = ["sankt" if word == "st" else word for word in words]
    return " ".join(spelled)[:200].strip() or None
