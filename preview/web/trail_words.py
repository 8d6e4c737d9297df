"""The audit trail in plain words: what an action is called, and who an actor is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from preview.accounts.models import Person
from preview.sharing.models import Grant, Recipient, ShareLink

ACTIONS = {
    "alarm.raise": "An alarm was raised",
    "app.bind": "Bound an app to its account in Signon",
    "app_token.create": "Made an app's token",
    "app_token.revoke": "Ended an app's token",
    "app_token.rotate": "Replaced an app's token",
    "comment.add": "Commented",
    "comment.reopen": "Opened a comment again",
    "comment.resolve": "Resolved a comment",
    "delivery.send": "Sent stuck work again",
    "draft.ask_lower_sensitivity": "Asked for a lower sensitivity",
    "draft.keep_sensitivity": "Left a draft market sensitive",
    "draft.discard": "Discarded a draft",
    "draft.publish": "A draft went live",
    "draft.save": "Saved a draft",
    "draft.set_sensitivity": "Said how sensitive a draft is",
    "fact_check.answer": "Answered a fact check",
    "fact_check.close": "Ended a fact check",
    "fact_check.request": "Asked people to check facts",
    "finding.dismiss": "Dismissed something that a check found",
    "finding.restore": "Brought back something that a check found",
    "hold.lift": "Lifted a legal hold",
    "hold.place": "Placed a legal hold",
    "organisation.change_rules": "Changed what an organisation allows of share links",
    "organisation.rename": "Changed an organisation's name",
    "organisation.end_links": "Ended share links of an organisation",
    "pack.add_draft": "Added a draft to a pack",
    "pack.archive": "Archived a pack",
    "pack.bring_child": "A draft came with another one",
    "pack.export": "Exported a pack as a file",
    "pack.hand_over": "Handed a pack over",
    "pack.create": "Made a pack",
    "person.block": "Stopped somebody's sign-in here",
    "person.change_permissions": "A person's permissions changed",
    "person.disable": "A person's account was disabled",
    "person.enable": "A person's account was enabled",
    "person.end_links": "Ended the share links that somebody made",
    "person.hand_over": "Handed somebody's packs over",
    "person.sign_in": "Signed in",
    "person.sign_out": "Signed out",
    "person.unblock": "Let somebody sign in here again",
    "pre_release.add_person": "Put somebody on a pre-release list",
    "pre_release.begin": "Began a pre-release list",
    "pre_release.remove_person": "Took somebody off a pre-release list",
    "pre_release.report_breach": "Reported a breach of pre-release access",
    "probe.ask": "Asked for a probe of a pack",
    "probe.run": "Checked that a pack is closed to outsiders",
    "rendering.retry": "Had a failed preview made again",
    "rendering.view": "Looked at the preview",
    "retention.delete": "Deleted what is kept no longer",
    "share_link.add_recipient": "Added somebody to a share link",
    "share_link.approve": "Agreed to a share link",
    "share_link.ask": "Asked for a new share link",
    "share_link.confirm": "Opened a share link",
    "share_link.create": "Made a share link",
    "share_link.deny": "Was not let in",
    "share_link.extend": "Made a share link last longer",
    "share_link.mint_older": "Made a link with a token",
    "share_link.refused_request": "Said no to a new share link",
    "share_link.revoke": "Stopped a share link",
    "share_link.send_code": "Was sent a code",
    "share_link.sent_request": "Said yes to a new share link",
    "share_link_key.rotate": "Made a new key for share links",
    "share_link.suspend": "A share link waits for new agreement",
    "share_link.view": "Looked at the shared preview",
    "sign_off.give": "Signed off",
    "sign_off.withdraw": "Withdrew a sign-off",
    "webhook.create": "Added a webhook",
    "webhook.enable": "Enabled a webhook again",
    "webhook.remove": "Removed a webhook",
}
NOUNS = {
    "alarm": "Alarms",
    "app": "Apps",
    "app_token": "Tokens of apps",
    "comment": "Comments",
    "draft": "Drafts",
    "fact_check": "Fact checks",
    "finding": "Checks",
    "hold": "Legal holds",
    "organisation": "Organisations",
    "pack": "Packs",
    "person": "People",
    "pre_release": "Pre-release access",
    "probe": "Probes",
    "rendering": "Looking at previews",
    "retention": "Retention",
    "share_link": "Share links",
    "sign_off": "Sign-offs",
    "webhook": "Webhooks",
}


def action_words(action: str) -> str:
    """Return what an action is called; one without words of its own is shown as it is."""
    return ACTIONS.get(action) or action.replace("_", " ").replace(".", ": ")


def people(ids: Collection[str]) -> dict[str, str]:
    """Return names of people by their uid."""
    return dict(Person.objects.filter(uid__in=ids).values_list("uid", "name"))


def recipients(ids: Collection[str]) -> dict[str, str]:
    """Return e-mail addresses of recipients by their id."""
    numbers = [int(one) for one in ids if one.isdecimal() and len(one) < 19]
    rows = Recipient.objects.filter(pk__in=numbers).values_list("pk", "email")
    return {str(pk): email for pk, email in rows}


def links(ids: Collection[str]) -> dict[str, str]:
    """Return what to call whoever has a link, by the link's id."""
    found = {
        str(pk): label
        for pk, label in ShareLink.objects.values_list("pk", "label").filter(pk__in=ids)
    }
    return {
        pk: f"Somebody with the link “{label}”" if label else "Somebody with a link"
        for pk, label in found.items()
    }


def apps(ids: Collection[str]) -> dict[str, str]:
    """Return what to call publisher apps."""
    return {name: f"The app {name}" for name in ids}


def guests(ids: Collection[str]) -> dict[str, str]:
    """Return the names that guests gave themselves, by the id of their grant."""
    numbers = [int(one) for one in ids if one.isdecimal() and len(one) < 19]
    rows = Grant.objects.filter(pk__in=numbers).values_list("pk", "guest_name")
    return {str(pk): f"{name} (a guest)" for pk, name in rows if name}


def clients(ids: Collection[str]) -> dict[str, str]:
    """Return what to call browsers that were not let in; their marks change every day."""
    return {mark: f"Unknown browser {mark[:6]}" for mark in ids}


KINDS: dict[str, Callable[[Collection[str]], dict[str, str]]] = {
    "app": apps,
    "client": clients,
    "guest": guests,
    "link": links,
    "person": people,
    "recipient": recipients,
}


def names(actors: Iterable[str]) -> dict[str, str]:
    """Return a name for each actor (`kind:id`), with one query for each kind."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        kind, _, key = actor.partition(":")
        wanted[kind].add(key)
    known: dict[str, str] = {}
    for kind, keys in wanted.items():
        found = KINDS[kind](keys) if kind in KINDS else {}
        known |= {join(kind, key): found.get(key) or join(kind, key) for key in keys}
    return known


def join(kind: str, key: str) -> str:
    """Return an actor as the trail has it."""
    return f"{kind}:{key}" if key else kind
