"""Print what an application of integration needs to lead people to production.

`headers` prints nginx lines with `Deprecation`, `Sunset` and `Link`; `banner` the HTML of a banner;
`brownout` an nginx rule that refuses people in a time and lets the test suite through.

Source: RFC 9745 (Deprecation), RFC 8594 (Sunset), RFC 8288 (Link).
"""

from __future__ import annotations

import argparse
import html
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlencode


def at(text: str) -> datetime:
    """Return a time that was typed; without an offset it is UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def header_values(deprecated: datetime, sunset: datetime, service: str) -> dict[str, str]:
    """Return the headers by name."""
    if sunset <= deprecated:
        raise ValueError("The sunset comes after the deprecation.")
    place = f"{service}/go?from=integration"
    return {
        "Deprecation": f"@{int(deprecated.timestamp())}",
        "Sunset": format_datetime(sunset.astimezone(UTC), usegmt=True),
        "Link": f'<{place}>; rel="sunset", <{place}>; rel="deprecation"; type="text/html"',
    }


def headers(options: argparse.Namespace) -> str:
    """Return nginx lines for the server block."""
    values = header_values(at(options.deprecated), at(options.sunset), options.service)
    lines = [f"add_header {name} '{value}' always;" for name, value in values.items()]
    return "\n".join(lines)


def banner(options: argparse.Namespace) -> str:
    """Return the HTML of a banner for pages about one kind of content."""
    known = {"from": "integration", "app": options.app, "kind": options.kind}
    if options.campaign:
        known |= {"campaign": options.campaign, "variant": options.variant}
    query = urlencode({name: value for name, value in known.items() if value})
    address = html.escape(f"{options.service}/go?{query}")
    reason = html.escape(f"{options.service}/go/reason?{query}")
    noun = html.escape(options.kind.replace("_", " ") or "this page")
    return (
        '<div class="govuk-notification-banner" role="region" aria-labelledby="preview-banner">\n'
        '  <div class="govuk-notification-banner__header"><h2 id="preview-banner" '
        'class="govuk-notification-banner__title">Important</h2></div>\n'
        '  <div class="govuk-notification-banner__content">\n'
        f'    <p class="govuk-notification-banner__heading">You can preview {noun} in production '
        f'now. <a class="govuk-notification-banner__link" href="{address}&amp;content_id='
        'CONTENT_ID">Preview it in production</a></p>\n'
        f'    <p class="govuk-body"><a class="govuk-link" href="{reason}">'
        "I cannot use it because…</a></p>\n"
        "  </div>\n</div>"
    )


def brownout(options: argparse.Namespace) -> str:
    """Return an nginx rule: a map for the http block, and what the server block asks it."""
    starts, ends = at(options.starts), at(options.ends)
    if ends <= starts:
        raise ValueError("The brownout ends after it starts.")
    exempt = "\n".join(f"  {network} 0;" for network in options.exempt)
    return (
        "# http block: who is a person; the balancer's own network is looked through\n"
        f"geo $preview_brownout_person {{\n  proxy 10.0.0.0/8;\n  proxy_recursive;\n"
        f"  default 1;\n{exempt}\n}}\n"
        f"# {starts.isoformat()} to {ends.isoformat()}, in seconds since 1970\n"
        f"map $msec $preview_brownout {{\n  default '';\n"
        f"  '~^({seconds(starts, ends)})' $preview_brownout_person;\n}}\n"
        "# location / block\n"
        "if ($preview_brownout = 1) { return 403; }\n"
        "error_page 403 /preview-brownout.html;\n"
        "# server block: the page that says why, and where to go instead\n"
        "location = /preview-brownout.html { internal; root /usr/share/nginx/html; }"
    )


def seconds(starts: datetime, ends: datetime) -> str:
    """Return prefixes of all seconds in a time, to the nearest 100 seconds inwards."""
    first, last = -(-int(starts.timestamp()) // 100), int(ends.timestamp()) // 100
    return "|".join(str(number) for number in range(first, last))


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    found = argparse.ArgumentParser(prog="python -m scripts.integration_kit", description=__doc__)
    found.add_argument("--service", required=True, help="such as https://preview.example")
    parts = found.add_subparsers(dest="part", required=True)
    one = parts.add_parser("headers")
    one.add_argument("--deprecated", required=True, metavar="TIME")
    one.add_argument("--sunset", required=True, metavar="TIME")
    one.set_defaults(run=headers)
    two = parts.add_parser("banner")
    for name in ("app", "kind", "campaign", "variant"):
        two.add_argument(f"--{name}", default="", required=name == "app")
    two.set_defaults(run=banner)
    three = parts.add_parser("brownout")
    three.add_argument("--starts", required=True, metavar="TIME")
    three.add_argument("--ends", required=True, metavar="TIME")
    three.add_argument("--exempt", action="append", required=True, metavar="CIDR")
    three.set_defaults(run=brownout)
    return found


def main(arguments: list[str]) -> int:
    """Print the part that is asked for."""
    options = parser().parse_args(arguments)
    try:
        print(options.run(options))
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
