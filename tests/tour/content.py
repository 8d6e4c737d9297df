"""What the tour shows beside the example drafts: a review, a pack, links, a webhook.

`manage.py shell` runs `fill` once, after the examples are rendered.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.utils import timezone

from preview.access import Staff
from preview.accounts.mock import ORGANISATIONS, example_people
from preview.accounts.models import PublisherApp
from preview.accounts.staff import staff_of
from preview.drafts.models import Draft
from preview.notifications.choosing import token_for
from preview.notifications.models import When
from preview.packs.actions import create_pack, own_pack
from preview.packs.members import add_draft
from preview.packs.models import Audience
from preview.pre_release.actions import NewPerson, add_person, begin_list
from preview.rendering.models import RenderedPage
from preview.review.comments.actions import Place, Said, begin_thread
from preview.review.comments.models import Thread
from preview.review.comments.passages import anchor_of, passages_of
from preview.review.fact_checks.asking import Request, request_fact_check
from preview.review.reviewers import Reviewer
from preview.review.sign_offs.actions import give_sign_off
from preview.review.sign_offs.shown import newest_shown
from preview.sharing.actions import create_share_link, revoke_share_link
from preview.sharing.wanted import Wanted
from preview.webhooks.actions import add_endpoint

PATH = "/keeping-a-harbour"
PERSON = "/government/people/marina-quayle"
MOORING = "/guidance/mooring-safely"
# The example drafts that this stands on.
PATHS = (PATH, PERSON, MOORING)
GUEST = "fay@example.com"


@dataclass(frozen=True)
class Example:
    """What the addresses of the tour's rows are made of."""

    draft: str
    impact_draft: str
    own_pack: str
    pack: str
    pre_release_pack: str
    thread: str
    sign_off: str
    fact_check: str
    link: str
    ended_token: str
    webhook: str
    stop: str
    person: str
    page: str = PATH[1:]
    organisation: str = str(ORGANISATIONS[0][0])


def fill() -> dict[str, str]:
    """Make everything; returns the fields of `Example`."""
    people = {one.uid: one for one in example_people()}
    edith = staff_of(people["mock-editor"])
    draft = draft_at(PATH)
    pack = create_pack(actor=edith, name="Harbour season", description="All that starts in May.")
    for path in PATHS:
        for found in Draft.objects.open().filter(base_path=path):
            add_draft(actor=edith, pack=pack, draft=found)
    statistics = create_pack(actor=edith, name="Harbour statistics, May")
    add_draft(actor=edith, pack=statistics, draft=draft_at(MOORING))
    release = timezone.now() + timedelta(hours=20)
    listed = begin_list(
        pack=statistics, staff=edith, title="Harbour statistics, May", release_at=release
    )
    analyst = NewPerson("Nils Mole", "Analyst", "Department for Harbours", "nils@example.com")
    add_person(listed_in=listed, staff=edith, person=analyst, sender="Edith Example")
    thread, sign_off = reviewed(draft)
    asked = request_fact_check(
        draft=draft,
        staff=edith,
        name="Edith Example",
        wanted=Request([GUEST, "piers@example.com"], "Are the fee and the days right?"),
    )
    made = Example(
        draft=str(draft.id),
        impact_draft=str(draft_at(PERSON).id),
        own_pack=str(own_pack(draft).id),
        pack=str(pack.id),
        pre_release_pack=str(statistics.id),
        thread=thread,
        sign_off=sign_off,
        fact_check=str(asked.id),
        link=str(asked.link_id),
        ended_token=ended_link(draft, edith),
        webhook=webhook(),
        stop=token_for(people["mock-editor"], When.DAILY),
        person=str(people["mock-editor"].pk),
    )
    return asdict(made)


def draft_at(path: str) -> Draft:
    """Return the open draft at a path."""
    return Draft.objects.open().filter(base_path=path, locale="en").earliest("created_at")


def reviewed(draft: Draft) -> tuple[str, str]:
    """Have two people comment and one sign off; returns the ids of thread and sign-off."""
    shown = newest_shown(draft, own_pack(draft), Audience.values)
    if shown is None:
        raise RuntimeError("The example draft is not rendered.")
    edith = Reviewer("person:mock-editor", "Edith Example", staff=True)
    said = (
        (edith, "£42", "Is this the fee from May on?", False),
        (edith, "by post", "Do we still want this?", True),
    )
    threads: list[Thread] = []
    page = RenderedPage.objects.filter(sha256__in=shown.pages.values(), path=PATH).latest("pk")
    passages = passages_of(page.sha256)
    for reviewer, words, body, internal in said:
        block = next(one for one in passages.blocks if words in one.text)
        place = Place(own_pack(draft), shown.version, PATH, anchor_of(passages, block.path, words))
        threads.append(
            begin_thread(place=place, reviewer=reviewer, said=Said(body), internal=internal)
        )
    sign_off = give_sign_off(shown=shown, seen=shown.seal, reviewer=edith, role="Content design")
    return str(threads[0].id), str(sign_off.id)


def ended_link(draft: Draft, staff: Staff) -> str:
    """Make a link and stop it; returns its token."""
    wanted = Wanted(timezone.now() + timedelta(days=2), "anyone", "comment", "Harbour masters")
    new = create_share_link(pack=own_pack(draft), staff=staff, wanted=wanted)
    revoke_share_link(link=new.link, revoked_by=f"person:{staff.uid}")
    return new.token


def webhook() -> str:
    """Add a webhook of the example app; returns its id."""
    app = PublisherApp.objects.get(name="example-publisher")
    new = add_endpoint(app=app, address="https://publisher.example/hears", topics=["comment.added"])
    return str(new.endpoint.id)
