"""The addresses of admins' pages."""

from __future__ import annotations

from django.urls import path

from preview.web.administration import (
    apps,
    index,
    links,
    organisation_changes,
    organisations,
    people,
    person_changes,
    queues,
    retention,
)

ORGANISATION = "administration/organisations/<uuid:organisation_id>"
PERSON = "administration/people/<int:person_id>"

urlpatterns = [
    path("administration", index.show, name="administration"),
    path("administration/retention", retention.index, name="retention"),
    path("administration/retention/hold", retention.hold, name="retention_hold"),
    path(
        "administration/retention/holds/<uuid:hold_id>/lift", retention.lift, name="retention_lift"
    ),
    path("administration/links", links.index, name="all_links"),
    path("administration/links/find", links.find, name="all_links_find"),
    path("administration/links/stop", links.stop, name="all_links_stop"),
    path("administration/links/<uuid:link_id>", links.show, name="all_links_one"),
    path("administration/links/<uuid:link_id>/probe", links.probe, name="all_links_probe"),
    path("administration/organisations", organisations.index, name="organisations"),
    path(ORGANISATION, organisations.show, name="organisation"),
    path(f"{ORGANISATION}/rules", organisation_changes.change, name="organisation_rules"),
    path(
        f"{ORGANISATION}/end-links", organisation_changes.end_links, name="organisation_end_links"
    ),
    path("administration/people", people.index, name="people"),
    path(PERSON, people.show, name="person"),
    path(f"{PERSON}/packs", person_changes.packs, name="person_packs"),
    path(f"{PERSON}/acts/<slug:name>", person_changes.act, name="person_act"),
    path("administration/apps", apps.index, name="apps"),
    path("administration/app-tokens/<uuid:token_id>/rotate", apps.rotate, name="app_token_rotate"),
    path("administration/app-tokens/<uuid:token_id>/revoke", apps.revoke, name="app_token_revoke"),
    path("administration/queues", queues.show, name="queues"),
    path("administration/queues/render", queues.render_again, name="queues_render_again"),
    path("administration/queues/deliver", queues.deliver_again, name="queues_deliver_again"),
]
