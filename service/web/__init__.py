"""The pages: server-rendered HTML that works without JavaScript, in the four languages of the desk.

`register` is the list of what there is; each module holds the views of one subject and its `blueprint`.
"""

from __future__ import annotations

from flask import Flask

from service.web import (
    accessibility,
    account,
    alternatives,
    audit,
    banners,
    checks,
    claims,
    comments,
    comparing,
    cutting,
    desk_health,
    endpoints,
    engines,
    errors,
    exchange,
    facts,
    feeds,
    findings,
    following,
    formatting,
    health,
    identity,
    language,
    links,
    mail_choices,
    matches,
    memory,
    memory_import,
    memory_units,
    notes,
    people,
    previews,
    public,
    publishing,
    queue,
    releases,
    replacing,
    review,
    segment_tools,
    sent,
    signing_in,
    standing,
    submissions,
    term_import,
    terms,
    texts,
    units,
)

BLUEPRINTS = (
    signing_in.blueprint,
    accessibility.blueprint,
    queue.blueprint,
    releases.blueprint,
    comments.blueprint,
    submissions.blueprint,
    review.blueprint,
    claims.blueprint,
    texts.blueprint,
    comparing.blueprint,
    exchange.blueprint,
    units.blueprint,
    standing.blueprint,
    segment_tools.blueprint,
    cutting.blueprint,
    replacing.blueprint,
    findings.blueprint,
    facts.blueprint,
    alternatives.blueprint,
    matches.blueprint,
    publishing.blueprint,
    endpoints.blueprint,
    engines.blueprint,
    desk_health.blueprint,
    terms.blueprint,
    term_import.blueprint,
    memory.blueprint,
    memory_import.blueprint,
    memory_units.blueprint,
    checks.blueprint,
    people.blueprint,
    account.blueprint,
    mail_choices.blueprint,
    audit.blueprint,
    public.blueprint,
    feeds.blueprint,
    health.blueprint,
)


def register(app: Flask) -> None:
    """Put the pages on the application."""
    sent.register(app)
    language.register(app)
    identity.register(app)
    formatting.register(app)
    previews.register(app)
    notes.register(app)
    banners.register(app)
    errors.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    links.register(app)
    following.register(app)
