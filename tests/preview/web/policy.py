"""Who gets what at every address: the table that the access tests compare the service with.

The draft of the table is limited to one organisation and shared by one link. Viewers, in the order
of the columns: a stranger, a guest who confirmed the draft's link, a guest of another draft's link,
an editor whom the limit names, one whom it does not, an admin of the named organisation, an auditor
of the other one, the app that owns the draft, another app.

`403` at the API is a missing scope or token; a guest who has not confirmed sees the neutral page
that asks to open the link (`403`). `302` leads to the sign-in page.
"""

from __future__ import annotations

VIEWERS = (
    *("stranger", "guest", "guest_of_another", "editor", "other_editor"),
    *("admin", "auditor", "app", "other_app"),
)
SERVICE = {
    # logs come with the key of their source, and from nobody else; the beacon from known pages
    "POST ingest/v1/logs": "401 401 401 401 401 401 401 401 401",
    "POST ingest/v1/page-tokens": "401 401 401 401 401 401 401 401 401",
    "POST ingest/v1/beacon": "403 403 403 403 403 403 403 403 403",
    "POST ingest/v1/nudges": "403 403 403 403 403 403 403 403 403",
    "POST v1/logs": "401 401 401 401 401 401 401 401 401",
    "GET healthcheck/live": "200 200 200 200 200 200 200 200 200",
    "GET healthcheck/ready": "500 500 500 500 500 500 500 500 500",  # no broker in these tests
    "GET api/openapi.yaml": "200 200 200 200 200 200 200 200 200",
    "GET api/v1/drafts": "401 401 401 401 401 401 401 200 200",
    "GET api/v1/drafts/<content_id:content_id>": "401 401 401 401 401 401 401 200 404",
    "POST api/v1/drafts/<content_id:content_id>/discard": "401 401 401 401 401 401 401 200 404",
    # 422: nothing was sent
    "PUT api/v1/drafts/<content_id:content_id>/sensitivity": "401 401 401 401 401 401 401 422 404",
    "GET api/v1/drafts/<content_id:content_id>/checks": "401 401 401 401 401 401 401 200 404",
    "GET api/v1/drafts/<content_id:content_id>/versions/<int:number>": (
        "401 401 401 401 401 401 401 200 404"
    ),
    "POST api/v1/drafts/<content_id:content_id>/impact": "401 401 401 401 401 401 401 202 404",
    "GET api/v1/drafts/<content_id:content_id>/sign-off": "401 401 401 401 401 401 401 200 404",
    "GET api/v1/drafts/<content_id:content_id>/share-links": "401 401 401 401 401 401 401 200 404",
    "POST api/v1/drafts/<content_id:content_id>/old-links": ("401 401 401 401 401 401 401 422 404"),
    "POST api/v1/share-links/<uuid:link_id>/revoke": "401 401 401 401 401 401 401 200 404",
    # 415: nothing was sent
    "POST api/v1/share-links/<uuid:link_id>/extend": "401 401 401 401 401 401 401 415 404",
    "POST api/v1/drafts/<content_id:content_id>/share-links/revoke": (
        "401 401 401 401 401 401 401 200 404"
    ),
    "GET api/v1/packs/<uuid:pack_id>/share-links": "401 401 401 401 401 401 401 200 404",
    "POST api/v1/packs/<uuid:pack_id>/share-links/revoke": "401 401 401 401 401 401 401 200 404",
    # scope `share_links:stop_all`, which these apps' tokens do not have
    "POST api/v1/organisations/<uuid:content_id>/share-links/revoke": (
        "401 401 401 401 401 401 401 403 403"
    ),
    "GET api/v1/renderings/<uuid:rendering_id>": "401 401 401 401 401 401 401 200 404",
    "GET api/v1/assets": "401 401 401 401 401 401 401 200 200",
    "POST api/v1/assets": "401 401 401 401 401 401 401 422 422",  # there is no file
    "GET api/v1/assets/<uuid:asset_id>": "401 401 401 401 401 401 401 200 404",
    "DELETE api/v1/assets/<uuid:asset_id>": "401 401 401 401 401 401 401 204 404",
    "GET api/v1/packs": "401 401 401 401 401 401 401 200 200",
    "GET api/v1/packs/<uuid:pack_id>": "401 401 401 401 401 401 401 200 404",
    "DELETE api/v1/packs/<uuid:pack_id>": "401 401 401 401 401 401 401 204 404",
    "GET api/v1/packs/<uuid:pack_id>/members": "401 401 401 401 401 401 401 200 404",
    "DELETE api/v1/packs/<uuid:pack_id>/members/<content_id:content_id>": (
        "401 401 401 401 401 401 401 204 404"
    ),
    "POST api/v1/packs/<uuid:pack_id>/members/<content_id:content_id>/consent": (
        "401 401 401 401 401 401 401 200 404"
    ),
    # 415: nothing was sent; only apps ask, and the check of the table came from no app
    "POST api/requests": "401 401 401 401 401 401 401 415 415",
    "GET api/requests/<slug:source_app>/<str:source_id>": "401 401 401 401 401 401 401 404 404",
    "POST api/requests/<slug:source_app>/<str:source_id>/resend-emails": (
        "401 401 401 401 401 401 401 404 404"
    ),
    "POST inbound/v1/mail": "401 401 401 401 401 401 401 401 401",  # it is not signed
    # scope `usage:read`, which these apps' tokens do not have
    "GET api/v1/usage/weeks": "401 401 401 401 401 401 401 403 403",
    "GET api/v1/usage/organisations": "401 401 401 401 401 401 401 403 403",
    "GET api/v1/usage/forecast": "401 401 401 401 401 401 401 403 403",
    "GET api/v1/usage/sources": "401 401 401 401 401 401 401 403 403",
    "GET api/v1/webhooks": "401 401 401 401 401 401 401 200 200",
    "GET api/v1/webhooks/<uuid:webhook_id>": "401 401 401 401 401 401 401 200 404",
    "POST api/v1/webhooks/<uuid:webhook_id>/enable": "401 401 401 401 401 401 401 200 404",
    "GET api/v1/webhooks/<uuid:webhook_id>/deliveries": "401 401 401 401 401 401 401 200 404",
    "POST api/v1/webhook-deliveries/<uuid:message_id>/redeliver": (
        "401 401 401 401 401 401 401 202 404"
    ),
    "GET settings/notifications": "302 302 302 200 200 200 200 302 302",
    # without an account; a share link's token is none of this page
    "POST unsubscribe/<str:token>": "404 404 404 404 404 404 404 404 404",
    "GET webhooks": "302 302 302 404 404 200 404 302 302",
    "GET webhooks/<uuid:webhook_id>": "302 302 302 404 404 200 404 302 302",
    "POST webhooks/<uuid:webhook_id>/enable": "302 302 302 404 404 302 404 302 302",
    "POST webhook-deliveries/<uuid:message_id>/redeliver": "302 302 302 404 404 302 404 302 302",
    "GET api/<anything:rest>": "404 404 404 404 404 404 404 404 404",
    "GET ": "302 302 302 200 200 200 200 302 302",
    "GET sign-in": "200 200 200 200 200 200 200 200 200",
    "POST sign-out": "302 302 302 302 302 302 302 302 302",
    "GET auth/gds": "404 404 404 404 404 404 404 404 404",  # no Signon in these tests
    "GET auth/gds/callback": "404 404 404 404 404 404 404 404 404",
    "GET auth/gds/sign_out": "404 404 404 404 404 404 404 404 404",
    "GET auth/failure": "403 403 403 403 403 403 403 403 403",
    # an app of this service is no API user of Signon
    "PUT auth/gds/api/users/<str:uid>": "401 401 401 401 401 401 401 401 401",
    "POST auth/gds/api/users/<str:uid>/reauth": "401 401 401 401 401 401 401 401 401",
    "POST views": "302 302 302 422 422 422 422 302 302",  # without a name there is no view
    "POST views/<int:view_id>/delete": "302 302 302 404 404 404 404 302 302",  # nobody's own
    "GET drafts/<uuid:draft_id>/compare": "302 302 302 200 404 200 404 302 302",
    "GET drafts/<uuid:draft_id>/checks": "302 302 302 200 404 200 404 302 302",
    # 422: a reason is missing, and only who may see the draft is told so
    "POST drafts/<uuid:draft_id>/checks/<slug:key>/dismiss": (
        "302 302 302 422 404 422 404 302 302"
    ),
    "POST drafts/<uuid:draft_id>/checks/<slug:key>/restore": (
        "302 302 302 302 404 302 404 302 302"
    ),
    "GET drafts/<uuid:draft_id>": "302 302 302 200 404 200 404 302 302",
    "GET drafts/<uuid:draft_id>/impact": "302 302 302 200 404 200 404 302 302",
    "POST drafts/<uuid:draft_id>/impact/measure": "302 302 302 302 404 302 404 302 302",
    "POST drafts/<uuid:draft_id>/share/stop": "302 302 302 302 404 302 404 302 302",
    "POST drafts/<uuid:draft_id>/sensitivity": "302 302 302 422 404 404 404 302 302",
    # 422: no secret of older links is set in these tests
    "POST drafts/<uuid:draft_id>/old-link": "302 302 302 422 404 404 404 302 302",
    "GET drafts/<uuid:draft_id>/comments": "302 302 302 200 404 200 404 302 302",
    "POST drafts/<uuid:draft_id>/comments/new": "302 302 302 422 404 422 404 302 302",
    "POST comments/<uuid:thread_id>": "302 302 302 422 404 422 404 302 302",
    # 409: whoever comes second is told; it was never resolved to be opened again
    "POST comments/<uuid:thread_id>/resolve": "302 302 302 303 404 409 404 302 302",
    "POST comments/<uuid:thread_id>/reopen": "302 302 302 409 404 409 404 302 302",
    # 422: nobody confirmed that they have checked it
    "POST drafts/<uuid:draft_id>/sign-off": "302 302 302 422 404 422 404 302 302",
    # an admin without the permission to share limited drafts asks nobody to check them
    "POST drafts/<uuid:draft_id>/fact-checks": "302 302 302 422 404 404 404 302 302",
    "GET fact-checks/<uuid:check_id>": "302 302 302 200 404 200 404 302 302",
    "POST fact-checks/<uuid:check_id>/remind": "302 302 302 303 404 404 404 302 302",
    "POST fact-checks/<uuid:check_id>/close": "302 302 302 303 404 404 404 302 302",
    "GET sign-offs/<uuid:sign_off_id>": "302 302 302 200 404 200 404 302 302",
    "GET sign-offs/<uuid:sign_off_id>/certificate.<slug:form>": (
        "302 302 302 200 404 200 404 302 302"
    ),
    # only whoever gave it may withdraw it
    "POST sign-offs/<uuid:sign_off_id>/withdraw": "302 302 302 303 404 404 404 302 302",
    "GET drafts/<uuid:draft_id>/events": "302 302 302 200 404 200 404 302 302",
    # 422: the form is empty, and only who may see the draft is told so
    "GET packs": "302 302 302 200 200 200 200 302 302",
    "GET packs/new": "302 302 302 200 200 200 200 302 302",
    "GET packs/<uuid:pack_id>": "302 302 302 200 404 200 404 302 302",
    "GET packs/<uuid:pack_id>/preview": "302 302 302 200 404 200 404 302 302",
    "GET packs/<uuid:pack_id>/progress": "302 302 302 200 404 200 404 302 302",
    # 422: the pack is not rendered; the admin may not share a limited draft
    "POST packs/<uuid:pack_id>/export": "302 302 302 422 404 403 404 302 302",
    "GET packs/<uuid:pack_id>/edit": "302 302 302 200 404 200 404 302 302",
    "POST packs/<uuid:pack_id>/archive": "302 302 302 302 404 404 404 302 302",  # by the editor
    "GET packs/<uuid:pack_id>/add": "302 302 302 200 404 200 404 302 302",
    "POST packs/<uuid:pack_id>/drafts/<uuid:draft_id>/add": ("302 302 302 302 404 302 404 302 302"),
    "POST packs/<uuid:pack_id>/drafts/<uuid:draft_id>/move": (
        "302 302 302 404 404 404 404 302 302"  # 404: no place was sent
    ),
    "POST packs/<uuid:pack_id>/drafts/<uuid:draft_id>/remove": (
        "302 302 302 302 404 302 404 302 302"
    ),
    # an admin without the permission to share limited drafts does not own them
    "POST packs/<uuid:pack_id>/drafts/<uuid:draft_id>/agree": (
        "302 302 302 302 404 404 404 302 302"
    ),
    "POST packs/<uuid:pack_id>/share": "302 302 302 422 404 422 404 302 302",
    # auditors and admins learn who has seen a draft, and not what it is called
    "GET packs/<uuid:pack_id>/pre-release": "302 302 302 200 404 200 404 302 302",
    "GET packs/<uuid:pack_id>/pre-release.csv": "302 302 302 404 404 404 404 302 302",  # no list
    "GET administration": "302 302 302 404 404 200 404 302 302",
    "GET administration/retention": "302 302 302 404 404 200 404 302 302",
    "POST administration/retention/hold": "302 302 302 404 404 422 404 302 302",
    "POST administration/retention/holds/<uuid:hold_id>/lift": (
        "302 302 302 404 404 302 404 302 302"
    ),
    "GET administration/links": "302 302 302 404 404 200 404 302 302",
    "POST administration/links/find": "302 302 302 404 404 422 404 302 302",  # nothing was pasted
    "POST administration/links/stop": "302 302 302 404 404 200 404 302 302",
    "GET administration/links/<uuid:link_id>": "302 302 302 404 404 200 404 302 302",
    "POST administration/links/<uuid:link_id>/probe": "302 302 302 404 404 302 404 302 302",
    "GET administration/organisations": "302 302 302 404 404 200 404 302 302",
    "GET administration/organisations/<uuid:organisation_id>": (
        "302 302 302 404 404 200 404 302 302"
    ),
    "POST administration/organisations/<uuid:organisation_id>/rules": (
        "302 302 302 404 404 422 404 302 302"  # no rules were sent
    ),
    "POST administration/organisations/<uuid:organisation_id>/end-links": (
        "302 302 302 404 404 200 404 302 302"  # what it means; nobody said yes
    ),
    "GET administration/people": "302 302 302 404 404 200 404 302 302",
    "GET administration/people/<int:person_id>": "302 302 302 404 404 200 404 302 302",
    "POST administration/people/<int:person_id>/packs": (
        "302 302 302 404 404 422 404 302 302"  # no pack was chosen
    ),
    "POST administration/people/<int:person_id>/acts/<slug:name>": (
        "302 302 302 404 404 404 404 302 302"  # there is no act “answer”
    ),
    "GET administration/queues": "302 302 302 404 404 200 404 302 302",
    "POST administration/queues/render": "302 302 302 404 404 302 404 302 302",
    "POST administration/queues/deliver": "302 302 302 404 404 302 404 302 302",
    "GET administration/apps": "302 302 302 404 404 200 404 302 302",
    # no such token
    "POST administration/app-tokens/<uuid:token_id>/rotate": "302 302 302 404 404 404 404 302 302",
    "POST administration/app-tokens/<uuid:token_id>/revoke": "302 302 302 404 404 404 404 302 302",
    "GET packs/<uuid:pack_id>/seen": "302 302 302 200 404 200 200 302 302",
    "GET audit": "302 302 302 404 404 200 200 302 302",
    "GET audit.csv": "302 302 302 404 404 200 200 302 302",
    "POST share-links/<uuid:link_id>/extend": "302 302 302 422 404 404 404 302 302",
    "POST share-links/<uuid:link_id>/approve": "302 302 302 404 404 404 404 302 302",
    "POST link-requests/<uuid:request_id>/answer": "302 302 302 302 404 404 404 302 302",
    "POST share-links/<uuid:link_id>/revoke": "302 302 302 302 404 302 404 302 302",
    "POST packs/<uuid:pack_id>/share/stop": "302 302 302 302 404 302 404 302 302",
    # organisations are for everyone who may sign in, people and changes for `manage_usage`
    "GET go": "302 302 302 200 200 200 200 302 302",
    "GET go/reason": "302 302 302 200 200 200 200 302 302",
    "GET go/thanks": "302 302 302 200 200 200 200 302 302",
    "GET usage": "302 302 302 200 200 200 200 302 302",
    "GET usage/weeks.csv": "302 302 302 200 200 200 200 302 302",
    "GET usage/weeks.json": "302 302 302 200 200 200 200 302 302",
    "GET usage/organisations": "302 302 302 200 200 200 200 302 302",
    "GET usage/organisations.csv": "302 302 302 200 200 200 200 302 302",
    "GET usage/organisations/<anything:organisation>": "302 302 302 200 200 200 200 302 302",
    "GET usage/blockers": "302 302 302 200 200 200 200 302 302",
    "GET usage/kinds": "302 302 302 200 200 200 200 302 302",
    "GET usage/campaigns": "302 302 302 200 200 200 200 302 302",
    "GET usage/training": "302 302 302 200 200 200 200 302 302",
    "GET usage/health": "302 302 302 200 200 200 200 302 302",
    "GET usage/rules-lab": "302 302 302 200 200 200 200 302 302",
    "POST usage/views": "302 302 302 422 422 422 422 302 302",
    "GET usage/organisations/<anything:organisation>/people": "302 302 302 404 404 200 404 302 302",
    "POST usage/targets": "302 302 302 404 404 422 404 302 302",
    "POST usage/annotations": "302 302 302 404 404 422 404 302 302",
    "POST usage/waves": "302 302 302 404 404 422 404 302 302",
    "POST usage/organisations/<anything:organisation>/change": (
        "302 302 302 404 404 422 404 302 302"
    ),
    "POST usage/organisations/<anything:organisation>/contacts": (
        "302 302 302 404 404 422 404 302 302"
    ),
    "POST usage/organisations/<anything:organisation>/reasons": (
        "302 302 302 404 404 422 404 302 302"
    ),
    "POST usage/blockers/add": "302 302 302 404 404 422 404 302 302",
    "POST usage/blockers/<int:blocker_id>": "302 302 302 404 404 422 404 302 302",
    "POST usage/kinds/change": "302 302 302 404 404 422 404 302 302",
    "POST usage/campaigns/add": "302 302 302 404 404 422 404 302 302",
    "POST usage/brownouts": "302 302 302 404 404 422 404 302 302",
    "POST usage/training/add": "302 302 302 404 404 422 404 302 302",
    "POST usage/brownouts/<int:brownout_id>/cancel": "302 302 302 404 404 302 404 302 302",
    "POST usage/training/<int:window_id>/delete": "302 302 302 404 404 302 404 302 302",
}
PREVIEW_HOST = {
    "GET healthcheck/live": "200 200 200 200 200 200 200 200 200",
    "GET s/<str:token>": "200 200 200 200 200 200 200 200 200",  # neutral: it shows nothing
    # whoever has a link that was made here may ask for a new one
    "POST s/<str:token>/request": "422 422 422 422 422 422 422 422 422",
    "GET shared/<uuid:link_id>/-/compare/<path:page>": "403 200 403 403 403 403 403 403 403",
    "GET surfaces/<uuid:rendering_id>/<slug:surface>": "404 404 404 200 404 200 404 404 404",
    # 404: the guest of the table was asked to check nothing
    "GET shared/<uuid:link_id>/-/fact-check/<path:page>": "403 404 403 403 403 403 403 403 403",
    "GET shared/<uuid:link_id>/-/comments/<path:page>": "403 200 403 403 403 403 403 403 403",
    "POST shared/<uuid:link_id>/-/new-comment/<path:page>": "403 422 403 403 403 403 403 403 403",
    "GET shared/<uuid:link_id>/-/threads/<uuid:thread_id>/<path:page>": (
        "403 200 403 403 403 403 403 403 403"
    ),
    "POST shared/<uuid:link_id>/-/sign-off/<path:page>": "403 422 403 403 403 403 403 403 403",
    "GET shared/<uuid:link_id>/": "403 404 403 403 403 403 403 403 403",
    "GET shared/<uuid:link_id>/<path:page>": "403 200 403 403 403 403 403 403 403",
    # a ticket is made for one person, and is as good as they are
    "GET enter/<str:ticket>": "303 303 303 303 303 303 303 303 303",
    "GET pack-frames/<uuid:pack_id>/": "404 404 404 404 404 404 404 404 404",
    # the pack's page is not made in these tests; the pages of packs have tests of their own
    "GET pack-frames/<uuid:pack_id>/<path:page>": "404 404 404 404 404 404 404 404 404",
    # without a token there is nothing at GOV.UK's own addresses
    "GET ": "404 404 404 404 404 404 404 404 404",
    "GET <path:page>": "404 404 404 404 404 404 404 404 404",
    "GET frames/<uuid:rendering_id>/": "404 404 404 404 404 404 404 404 404",
    "GET frames/<uuid:rendering_id>/<path:page>": "404 404 404 200 404 200 404 404 404",
}
