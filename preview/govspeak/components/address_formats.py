"""In which order countries write the parts of a postal address.

Source: alphagov/govspeak `config/address_formats.yml`.
"""

from __future__ import annotations

DEFAULT = "{{fn}}\n{{street-address}}\n{{locality}}\n{{region}}\n{{postal-code}}\n{{country-name}}"
CODE_FIRST = "{{fn}}\n{{street-address}}\n{{postal-code}} {{locality}}\n{{country-name}}"
CODE_AND_REGION = (
    "{{fn}}\n{{street-address}}\n{{postal-code}} {{locality}} {{region}}\n{{country-name}}"
)
CITY_REGION_CODE = (
    "{{fn}}\n{{street-address}}\n{{locality}} {{region}} {{postal-code}}\n{{country-name}}"
)
CITY_CODE = "{{fn}}\n{{street-address}}\n{{locality}} {{postal-code}}\n{{country-name}}"
JAPANESE = "〒{{postal-code}}\n{{region}}{{locality}}{{street-address}}\n{{fn}}\n{{country-name}}"
CODE_FIRST_IN = """
ad al am at ax ba be bg by ch ci cl cr cu cy cz de dk do dz ee es et fi fo fr ga gf gl gn gp gr gt
gw hr ht hu il is it kw la li lt lu lv ma mc md me mg mk mq my nc ne nl no pf pl pm pt py re ro rs
se si sk sm sn sv td tn tr uy va wf xk yt za
"""
BY_FORMAT = {
    CODE_FIRST: CODE_FIRST_IN,
    CODE_AND_REGION: "ar br bo cv mx",
    CITY_REGION_CODE: "au bd ca in us pk nz",
    CITY_CODE: "bh bm sg jo lb np mn",
    JAPANESE: "jp",
}
FORMATS = {code: text for text, codes in BY_FORMAT.items() for code in codes.split()}
