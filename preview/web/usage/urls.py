"""The addresses of integration usage's pages."""

from __future__ import annotations

from django.urls import path

from preview.web.usage import (
    blockers,
    campaigns,
    exports,
    go,
    health,
    kinds,
    notes,
    organisation,
    organisations,
    overview,
    rules_lab,
    training,
)

# A name may hold whatever a log or a form had, slashes too: the page with the links must not fail.
ONE = "usage/organisations/<anything:organisation>"

urlpatterns = [
    path("go", go.go, name="go"),
    path("go/reason", go.reason, name="go_reason"),
    path("go/thanks", go.thanks, name="go_thanks"),
    path("usage", overview.show, name="usage"),
    path("usage/weeks.csv", exports.metrics_csv, name="usage_metrics_csv"),
    path("usage/weeks.json", exports.metrics_json, name="usage_metrics_json"),
    path("usage/targets", notes.set_target, name="usage_targets"),
    path("usage/annotations", notes.annotate, name="usage_annotations"),
    path("usage/waves", notes.save_wave, name="usage_waves"),
    path("usage/organisations", organisations.index, name="usage_organisations"),
    path("usage/organisations.csv", organisations.as_csv, name="usage_organisations_csv"),
    path("usage/views", organisations.views, name="usage_views"),
    path(f"{ONE}/change", organisation.change, name="usage_organisation_change"),
    path(f"{ONE}/contacts", organisation.contact, name="usage_contact"),
    path(f"{ONE}/reasons", organisation.reason, name="usage_reason"),
    path(f"{ONE}/people", organisation.people, name="usage_people"),
    path(ONE, organisation.show, name="usage_organisation"),
    path("usage/blockers", blockers.index, name="usage_blockers"),
    path("usage/blockers/add", blockers.add, name="usage_blockers_add"),
    path("usage/blockers/<int:blocker_id>", blockers.change, name="usage_blocker"),
    path("usage/kinds", kinds.index, name="usage_kinds"),
    path("usage/kinds/change", kinds.change, name="usage_kinds_change"),
    path("usage/campaigns", campaigns.index, name="usage_campaigns"),
    path("usage/campaigns/add", campaigns.add, name="usage_campaigns_add"),
    path("usage/brownouts", campaigns.plan, name="usage_brownouts"),
    path(
        "usage/brownouts/<int:brownout_id>/cancel", campaigns.cancel, name="usage_brownout_cancel"
    ),
    path("usage/training", training.index, name="usage_training"),
    path("usage/training/add", training.add, name="usage_training_add"),
    path("usage/training/<int:window_id>/delete", training.delete, name="usage_training_delete"),
    path("usage/health", health.index, name="usage_health"),
    path("usage/rules-lab", rules_lab.show, name="usage_rules_lab"),
]
