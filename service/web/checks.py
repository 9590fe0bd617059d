"""The page of the checks: what each does and weighs; administrators set what it weighs in this office."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.permissions import may_administer, may_see_checks
from service.operations.check_settings import CHOICES, DEFAULT, set_severity
from service.operations.loading import demand
from service.queries.rules import check_rows
from service.web.identity import actor, desk

blueprint = Blueprint("checks", __name__)


@blueprint.get("/checks")
def show() -> str:
    """Show every check with what it weighs by itself and in this office."""
    demand(may_see_checks(actor()))
    with desk().read() as reading:
        rows = check_rows(reading.session)
    return render_template(
        "checks.html", rows=rows, choices=CHOICES, default=DEFAULT, french_spacing=desk().office.french_spacing
    )


@blueprint.post("/checks")
def change() -> Response:
    """Set what was chosen otherwise than the page showed; what nobody touched here stays as it is now."""
    demand(may_administer(actor()))
    with desk().begin(actor()) as work:
        for code, chosen in request.form.items():
            shown = request.form.get(f"{code} before")
            if shown is not None and chosen != shown:
                set_severity(work, code, chosen)
    return redirect(url_for("checks.show", done="checks-changed"), 303)
