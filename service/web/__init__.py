"""The pages: server-rendered HTML that works without JavaScript, in the four languages of the desk.

`register` is the list of what there is; each module holds the views of one subject and its `blueprint`.
"""

from __future__ import annotations

from flask import Flask

from service.web import (
    account,
    alternatives,
    audit,
    checks,
    endpoints,
    engines,
    errors,
    exchange,
    facts,
    feeds,
    findings,
    formatting,
    health,
    identity,
    language,
    matches,
    memory,
    memory_import,
    memory_units,
    notes,
    people,
    public,
    publishing,
    queue,
    releases,
    review,
    signing_in,
    term_import,
    terms,
    texts,
    units,
)

BLUEPRINTS = (
    signing_in.blueprint,
    queue.blueprint,
    releases.blueprint,
    review.blueprint,
    texts.blueprint,
    exchange.blueprint,
    units.blueprint,
    findings.blueprint,
    facts.blueprint,
    alternatives.blueprint,
    matches.blueprint,
    publishing.blueprint,
    endpoints.blueprint,
    engines.blueprint,
    terms.blueprint,
    term_import.blueprint,
    memory.blueprint,
    memory_import.blueprint,
    memory_units.blueprint,
    checks.blueprint,
    people.blueprint,
    account.blueprint,
    audit.blueprint,
    public.blueprint,
    feeds.blueprint,
    health.blueprint,
)


def register(app: Flask) -> None:
    """Put the pages on the application."""
    language.register(app)
    identity.register(app)
    formatting.register(app)
    notes.register(app)
    errors.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
