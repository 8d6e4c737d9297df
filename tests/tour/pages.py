"""Every page that people see, in the order of the tour, and those that it leaves out.

A row names the address as `urls.py` does, what the page is called, one sentence on it, what of
the example content (`content.py`) its address needs, and who looks.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """A page of the tour.

    `args` are names of `content.Example`, in the order of the address. `file` names the picture
    where one address has several.
    """

    name: str
    title: str
    sentence: str
    args: tuple[str, ...] = ()
    query: str = ""
    who: str = "editor"
    file: str = ""

    @property
    def picture(self) -> str:
        """The file's name in docs/tour."""
        return f"{self.file or self.name}.webp"


@dataclass(frozen=True)
class Chapter:
    """Pages that belong together."""

    title: str
    rows: tuple[Row, ...] = field(default=())


CHAPTERS = (
    Chapter(
        "Your work",
        (
            Row("sign_in", "Signing in", "On a local copy, pick an example person.", who="nobody"),
            Row("drafts", "Home", "What needs you, your drafts and packs, search and saved views."),
            Row(
                "notification_settings",
                "Notifications",
                "What you are told by e-mail: at once, once a day, or not at all.",
            ),
            Row(
                "unsubscribe",
                "Stopping e-mails",
                "Where the link in each e-mail leads to. Nothing stops until you press the button.",
                ("stop",),
                who="nobody",
            ),
        ),
    ),
    Chapter(
        "A draft",
        (
            Row("draft", "A draft", "The preview, how real it is, versions, checks.", ("draft",)),
            Row(
                "draft",
                "The same as a search result",
                "Each draft is also shown as print, search result, social card and e-mail alert.",
                ("draft",),
                "?as=search",
                file="draft_search",
            ),
            Row(
                "draft_compare",
                "What changed",
                "The draft beside the live page, or any two versions, told in words and signs.",
                ("draft",),
            ),
            Row(
                "draft_checks",
                "Checks",
                "What to mend, new against the live page first, each with why and how.",
                ("draft",),
            ),
            Row(
                "draft_sensitivity",
                "How sensitive it is",
                "Normal, limited or market sensitive, and what follows from each.",
                ("draft",),
            ),
            Row(
                "draft_impact",
                "Impact",
                "The live pages without a draft that change with this one.",
                ("impact_draft",),
            ),
        ),
    ),
    Chapter(
        "Review",
        (
            Row(
                "draft_comments",
                "Comments",
                "The page as a list of passages, each with what is said about it.",
                ("draft",),
            ),
            Row(
                "draft_comment_new",
                "A new comment",
                "On a passage that is selected, or chosen from the list by keyboard.",
                ("draft",),
            ),
            Row(
                "comment_thread",
                "A thread",
                "Answer, resolve, and see what changed since you last commented.",
                ("thread",),
            ),
            Row(
                "draft_fact_checks",
                "Asking for a fact check",
                "Who should check it, what, and by when in working days.",
                ("draft",),
            ),
            Row(
                "fact_check",
                "A fact check",
                "Each fact with what people say of it, and who has not answered.",
                ("fact_check",),
            ),
            Row(
                "draft_sign_off",
                "Sign-off",
                "Who agreed to which version, and whether it still holds.",
                ("draft",),
            ),
            Row(
                "sign_off",
                "A sign-off",
                "What was agreed to, and what changed since.",
                ("sign_off",),
            ),
        ),
    ),
    Chapter(
        "Packs and sharing",
        (
            Row("packs", "Packs", "Drafts that should be seen together."),
            Row("pack_new", "A new pack", "A name, what it is for, and a moment to show it at."),
            Row(
                "pack",
                "A pack",
                "Its drafts in order, and the live pages that it changes.",
                ("pack",),
            ),
            Row(
                "pack_progress",
                "How far the review is",
                "For each draft and person: opened, commented, facts checked, signed off.",
                ("pack",),
            ),
            Row("pack_find", "Adding a draft", "Search for drafts that you may see.", ("pack",)),
            Row("pack_edit", "Changing a pack", "Its name, description and moment.", ("pack",)),
            Row("pack_preview", "The preview of a pack", "All its pages, over live.", ("pack",)),
            Row(
                "share",
                "Sharing",
                "For whom, until when, with which role; every link that exists, and its end.",
                ("own_pack",),
            ),
            Row(
                "pack_seen",
                "Who has seen it",
                "Every opening and every refusal, from the audit trail.",
                ("own_pack",),
            ),
            Row(
                "pre_release",
                "Pre-release access",
                "Who may see official statistics before everybody, and since when.",
                ("pre_release_pack",),
            ),
        ),
    ),
    Chapter(
        "What people with a link see",
        (
            Row(
                "landing",
                "Opening a link",
                "A neutral page without title or content: nothing opens before it is confirmed.",
                ("token",),
                who="guest",
            ),
            Row(
                "shared_page",
                "The page",
                "The draft as it will look; the bar stands outside it.",
                ("link", "page"),
                who="guest",
            ),
            Row(
                "shared_compare",
                "What changed, for guests",
                "The draft beside the live page.",
                ("link", "page"),
                who="guest",
            ),
            Row(
                "shared_comments",
                "Comments of guests",
                "The same list of passages, without what staff keep to themselves.",
                ("link", "page"),
                who="guest",
            ),
            Row(
                "shared_comment_new",
                "A guest's comment",
                "The name is asked for once.",
                ("link", "page"),
                who="guest",
            ),
            Row(
                "shared_thread",
                "A thread, for guests",
                "Answer, and see what changed since.",
                ("link", "thread", "page"),
                who="guest",
            ),
            Row(
                "shared_sign_off",
                "A guest's sign-off",
                "Agree to exactly what is shown.",
                ("link", "page"),
                who="guest",
            ),
            Row(
                "shared_fact_check",
                "Checking facts",
                "Each figure, date and address with right, wrong or “not mine to say”.",
                ("link", "page"),
                who="guest",
            ),
            Row(
                "landing",
                "A link that was stopped",
                "It says what to do now, and never what was shared.",
                ("ended_token",),
                who="guest",
                file="landing_ended",
            ),
        ),
    ),
    Chapter(
        "Integration usage",
        (
            Row("usage", "Overview", "How the use of integration falls, and when it may end."),
            Row("usage_organisations", "Organisations", "Where each of them stands."),
            Row(
                "usage_organisation",
                "An organisation",
                "Its weeks, why it stays.",
                ("organisation",),
            ),
            Row("usage_blockers", "Blockers", "What keeps people on integration."),
            Row("usage_kinds", "Kinds of use", "What the visits are for."),
            Row("usage_campaigns", "Campaigns", "What was tried, and what came of it."),
            Row("usage_training", "Training", "When integration is used to learn.", who="admin"),
            Row("usage_health", "Health of the data", "Whether the figures can be trusted."),
            Row("usage_rules_lab", "Rules lab", "Try a rule on real lines.", who="admin"),
            Row(
                "usage_people",
                "People",
                "Who, where a manager asks.",
                ("organisation",),
                who="admin",
            ),
            Row(
                "go",
                "Leaving integration",
                "Where somebody on integration is led to.",
                query="?to=/",
            ),
            Row("go_thanks", "Thank you", "After they said why."),
        ),
    ),
    Chapter(
        "Running the service",
        (
            Row("administration", "Administration", "Where admins begin.", who="admin"),
            Row("all_links", "All links", "Every share link, by risk, to stop many.", who="admin"),
            Row("all_links_one", "One link", "Who opened it, and its end.", ("link",), who="admin"),
            Row(
                "organisations",
                "Organisations",
                "What each of them allows of share links.",
                who="admin",
            ),
            Row(
                "organisation",
                "One organisation",
                "Its rules, the links that would break them, and what was changed by whom.",
                ("organisation",),
                who="admin",
            ),
            Row("people", "People", "Who may do what, and who was here when.", who="admin"),
            Row(
                "person",
                "One person",
                "Sign-in, sessions, links, packs to hand over, and what was done about them.",
                ("person",),
                who="admin",
            ),
            Row("apps", "Apps", "Publisher apps and their tokens.", who="admin"),
            Row("retention", "Retention", "How long things are kept, and holds.", who="admin"),
            Row("queues", "Queues", "What waits, what failed, to try again.", who="admin"),
            Row("audit_trail", "Audit trail", "Everything that was done, sealed.", who="auditor"),
            Row("webhooks", "Webhooks", "What publisher apps are told.", who="admin"),
            Row(
                "webhook",
                "A webhook",
                "Its deliveries, to look at and send again.",
                ("webhook",),
                who="admin",
            ),
            Row("admin:index", "Admin", "The rest, by Django's admin.", who="admin", file="admin"),
        ),
    ),
)

LEFT_OUT_BECAUSE = {
    "acts, and leads back": (
        "all_links_find",
        "organisation_rules",
        "organisation_end_links",
        "person_act",
        "person_packs",
        "app_token_rotate",
        "app_token_revoke",
        "retention_hold",
        "retention_lift",
        "all_links_stop",
        "all_links_probe",
        "queues_render_again",
        "queues_deliver_again",
        "view_save",
        "view_delete",
        "sign_out",
        "draft_impact_measure",
        "old_link",
        "finding_dismiss",
        "finding_restore",
        "fact_check_close",
        "fact_check_remind",
        "webhook_enable",
        "webhook_redeliver",
        "sign_off_withdraw",
        "comment_resolve",
        "comment_reopen",
        "pack_archive",
        "pack_add",
        "pack_move",
        "pack_remove",
        "pack_agree",
        "share_links_revoke_all",
        "draft_links_stop",
        "share_link_revoke",
        "share_link_extend",
        "share_link_approve",
        "link_request_answer",
        "usage_targets",
        "usage_annotations",
        "usage_waves",
        "usage_views",
        "usage_organisation_change",
        "usage_contact",
        "usage_reason",
        "usage_blockers_add",
        "usage_blocker",
        "usage_kinds_change",
        "usage_campaigns_add",
        "usage_brownouts",
        "usage_brownout_cancel",
        "usage_training_add",
        "usage_training_delete",
    ),
    "leads to Signon": ("signon",),
    "a file": (
        "pack_export",
        "sign_off_export",
        "pre_release_csv",
        "audit_csv",
        "usage_metrics_csv",
        "usage_metrics_json",
        "usage_organisations_csv",
    ),
    "a stream of events": ("draft_events",),
    "acts, and leads to the thanks": ("go_reason",),
    "acts, and answers with a sentence": ("link_request",),
    "what stands in the frame of a pack's preview": ("pack_frame",),
    "what stands in the frame of a draft's preview": (
        "frame",
        "surface_frame",
    ),
    "leads from one host to the other": ("enter",),
    "acts on legal holds, and leads back": ("retention_hold", "retention_lift"),
}
LEFT_OUT = {name for names in LEFT_OUT_BECAUSE.values() for name in names}


def rows() -> list[Row]:
    """Return all rows, in order."""
    return [row for chapter in CHAPTERS for row in chapter.rows]
