"""The rows of the pages: every route, what it is sent, and the code that each role gets for it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.desk_fixtures import PASSWORD
from tests.operations.making import TEXT
from tests.route_rows import Row, codes

RELEASE = {"release_id": "{release}"}
APPROVED = {"release_id": "{approved}"}
PUBLISHED = {"release_id": "{published}"}
FRENCH = {"release_id": "{release}", "locale": "fr"}
GERMAN = {"release_id": "{release}", "locale": "de"}
APPROVED_FRENCH = {"release_id": "{approved}", "locale": "fr"}
UNIT = {**FRENCH, "unit_id": "{unit}"}
COMMENT = {**RELEASE, "comment_id": "{comment}"}
ALTERNATIVE = {**UNIT, "alternative_id": "{alternative}"}
ENDPOINT = {"endpoint_id": "{endpoint}"}
DELIVERY = {"delivery_id": "{delivery}"}
CONCEPT = {"concept_id": "{concept}"}
NO_FINDING = {**FRENCH, "finding_id": "fin_none"}
NO_FACT = {**FRENCH, "token": "0" * 32}
ENTRY = {"unit_id": "{entry}"}  # French, and public
SECRET_ENTRY = {"unit_id": "{secret_entry}"}  # French, of the release that is approved
NO_FILE = {"file_id": "fil_none"}
PERSON = {"user_id": "{person}"}
ADDRESS = {"locale": "fr", "slug": "nieuwe-brug-over-de-leie-opent-in-mei"}
SECRET_ADDRESS = {"locale": "fr", "slug": "zilverreiger-krijgt-een-geheim-nest"}

EVERYBODY = codes(200)
SIGNED_IN = codes(200, nobody=303)
WHO_SEES = codes(200, nobody=303, other_author=404)
NOTHING: Mapping[str, str] = {}
SENDERS = ("publisher", "admin")
IN_FRENCH = ("french_reviewer", "reviewer")
KEEPERS = ("admin", *IN_FRENCH)  # of French terms
NEW_PASSWORD = "another long password 7"


def only(code: int, *roles: str) -> dict[str, int]:
    """Return `code` for the roles, 403 for everybody else who is signed in, and the way to sign in for nobody."""
    return codes(403, nobody=303, **dict.fromkeys(roles, code))


def only_seen(code: int, *roles: str) -> dict[str, int]:
    """Return as `only` does, for what the author of another release may not know of."""
    return {**only(code, *roles), "other_author": 404}


def _get(rule: str, codes_: dict[str, int], params: Mapping[str, str] = NOTHING) -> Row:
    return Row("GET", rule, params, codes_)


def _post(rule: str, codes_: dict[str, int], params: Mapping[str, str] = NOTHING, **form: str) -> Row:
    return Row("POST", rule, params, codes_, form=form)


_PUBLIC = (
    _get("/<public_locale:locale>/", EVERYBODY, {"locale": "fr"}),
    _get("/<public_locale:locale>/<slug>", EVERYBODY, ADDRESS),
    _get("/<public_locale:locale>/<slug>", codes(404), SECRET_ADDRESS),
    _get("/<public_locale:locale>/<slug>.json", EVERYBODY, ADDRESS),
    _get("/<public_locale:locale>/<slug>.json", codes(404), SECRET_ADDRESS),
    _get("/<public_locale:locale>/feed.atom", EVERYBODY, {"locale": "fr"}),
    _get("/sitemap.xml", EVERYBODY),
    _get("/robots.txt", EVERYBODY),
    _get("/static/<path:filename>", EVERYBODY, {"filename": "site.css"}),
    _get("/healthz", EVERYBODY),
    _get("/metrics", EVERYBODY),  # asked from this machine itself
    _get("/readyz", codes(503)),  # the matrix has no broker
)

_COMING_IN = (
    _get("/sign-in", codes(303, nobody=200)),
    _post("/sign-in", codes(303), email="author@office.example", password=PASSWORD),
    _post("/sign-out", codes(303)),
    _post("/language", codes(303), language="fr"),
    _get("/shortcuts", SIGNED_IN),
    _get("/accessibility", EVERYBODY),
    _get("/session", EVERYBODY),
    _post("/session", codes(303)),
    _get("/signed-in", SIGNED_IN),
)

_ACCOUNT = (
    _get("/account", SIGNED_IN),
    _post("/account/language", codes(303), language="fr"),
    _post("/account/shortcuts", codes(303), shortcuts="yes"),
    _get("/account/password", SIGNED_IN),
    _post("/account/password", codes(303), present=PASSWORD, new=NEW_PASSWORD, again=NEW_PASSWORD),
    _post("/account/sign-out-everywhere", codes(303)),
    _post("/account/tokens", SIGNED_IN, name="a program", scopes="read", days="3"),
    _post(
        "/account/tokens/<token_id>/revoke",
        codes(404, nobody=303, author=303, admin=303),
        {"token_id": "{token}"},
    ),
)

_OFFICES = (
    _get("/audit", only(200, "admin", "auditor")),
    _get("/audit/chain", only(200, "admin", "auditor")),
    _get("/people", only(200, "admin")),
    _get("/people/new", only(200, "admin")),
    _post("/people/new", only(200, "admin"), email="new@office.example", name="New", language="fr", roles="author"),
    _get("/people/<user_id>", only(200, "admin"), PERSON),
    _post("/people/<user_id>/roles", only(303, "admin"), PERSON, roles="author"),
    _post("/people/<user_id>/disable", only(303, "admin"), PERSON),
    _post("/people/<user_id>/enable", only(303, "admin"), PERSON),
    _post("/people/<user_id>/reset-password", only(200, "admin"), PERSON),
    _get("/checks", SIGNED_IN),
    _post("/checks", only(303, "admin"), **{"numbers": "off", "numbers before": "default"}),
    _get("/engines", SIGNED_IN),
    _get("/health", only(200, "publisher", "admin", "auditor")),
    _get("/memory", SIGNED_IN),
    _get("/memory/export.tmx", SIGNED_IN),
    _get("/memory/import", only(200, *KEEPERS)),
    _post("/memory/import", only(422, *KEEPERS)),  # no file is sent
    _get("/memory/import/<file_id>", only(404, *KEEPERS), NO_FILE),
    _post("/memory/import/<file_id>", only(404, *KEEPERS), NO_FILE),
    _get("/memory/<int:unit_id>", SIGNED_IN, ENTRY),
    _get("/memory/<int:unit_id>", WHO_SEES, SECRET_ENTRY),
    _post("/memory/<int:unit_id>", only(303, *KEEPERS), ENTRY, row_version="1", target="Un pont"),
    _post("/memory/<int:unit_id>", only_seen(303, *KEEPERS), SECRET_ENTRY, row_version="1", target="Un pont"),
    _get("/memory/<int:unit_id>/retire", only(200, *KEEPERS), ENTRY),
    _get("/memory/<int:unit_id>/retire", only_seen(200, *KEEPERS), SECRET_ENTRY),
    _post("/memory/<int:unit_id>/retire", only(303, *KEEPERS), ENTRY, row_version="1", reason="Out of date."),
    _post("/memory/<int:unit_id>/retire", only_seen(303, *KEEPERS), SECRET_ENTRY, row_version="1", reason="Wrong."),
    _post("/memory/<int:unit_id>/restore", only(409, *KEEPERS), ENTRY, row_version="1"),  # it is in use
    _post("/memory/<int:unit_id>/restore", only_seen(409, *KEEPERS), SECRET_ENTRY, row_version="1"),
    _get("/terms", SIGNED_IN),
    _get("/terms/new", only(200, *KEEPERS)),
    _post("/terms/new", only(303, *KEEPERS), **{"preferred-nl": "wet", "preferred-fr": "loi"}),
    _post("/terms/new", only(303, "admin", "reviewer"), **{"preferred-de": "Gesetz"}),
    _get("/terms/import", only(200, *KEEPERS)),
    _post("/terms/import", only(422, *KEEPERS)),  # no file is sent
    _get("/terms/import/<file_id>", only(404, *KEEPERS), NO_FILE),
    _post("/terms/import/<file_id>", only(404, *KEEPERS), NO_FILE),
    _get("/terms/<concept_id>", SIGNED_IN, CONCEPT),
    _post("/terms/<concept_id>", only(303, *KEEPERS), CONCEPT, **{"preferred-nl": "raad", "preferred-fr": "comité"}),
    _get("/terms/<concept_id>/remove", only(200, *KEEPERS), CONCEPT),
    _post("/terms/<concept_id>/remove", only(303, *KEEPERS), CONCEPT),
    _get("/endpoints", only(200, *SENDERS)),
    _get("/endpoints/new", only(200, *SENDERS)),
    _post("/endpoints/new", only(200, *SENDERS), url="https://example.org/hook", events="release.published"),
    _get("/endpoints/<endpoint_id>", only(200, *SENDERS), ENDPOINT),
    _post("/endpoints/<endpoint_id>", only(303, *SENDERS), ENDPOINT, url="https://example.org/", events="ping"),
    _post("/endpoints/<endpoint_id>/disable", only(303, *SENDERS), ENDPOINT),
    _post("/endpoints/<endpoint_id>/enable", only(303, *SENDERS), ENDPOINT),
    _get("/endpoints/<endpoint_id>/remove", only(200, *SENDERS), ENDPOINT),
    _post("/endpoints/<endpoint_id>/remove", only(303, *SENDERS), ENDPOINT),
    _post("/endpoints/<endpoint_id>/rotate", only(200, *SENDERS), ENDPOINT),
    _post("/endpoints/<endpoint_id>/test", only(303, *SENDERS), ENDPOINT),
    _post("/endpoints/<endpoint_id>/replay", only(303, *SENDERS), ENDPOINT, since="2026-01-01T00:00"),
    _get("/deliveries", only(200, *SENDERS)),
    _get("/deliveries/<delivery_id>", only(200, *SENDERS), DELIVERY),
    _post("/deliveries/<delivery_id>/resend", only(303, *SENDERS), DELIVERY),
)

_RELEASES = (
    _get("/", SIGNED_IN),
    _post("/queue/filters", codes(303), name="Mine", which="mine"),
    _post("/queue/filters/<filter_id>/rename", codes(404, nobody=303), {"filter_id": "flt_none"}, name="Mine"),
    _post("/queue/filters/<filter_id>/remove", codes(404, nobody=303), {"filter_id": "flt_none"}),
    _get("/releases", SIGNED_IN),
    _get("/releases/new", only(200, "author", "other_author")),
    _post("/releases/new", only(303, "author", "other_author"), body=TEXT, format="text", targets="fr"),
    _post("/releases/read", only(422, "author", "other_author", "publisher")),  # no file is sent
    _get("/releases/<release_id>", WHO_SEES, RELEASE),
    _get("/releases/<release_id>", WHO_SEES, PUBLISHED),
    _post("/releases/<release_id>/comments", codes(303, other_author=404), RELEASE, body="Is the date right?"),
    _post("/account/mail", codes(303), mail="daily"),
    _post("/releases/<release_id>/comments/<comment_id>/resolve", codes(303, other_author=404), COMMENT),
    _post("/releases/<release_id>/comments/<comment_id>/reopen", codes(303, other_author=404), COMMENT),
    _get("/releases/<release_id>/facts", WHO_SEES, RELEASE),
    _get("/releases/<release_id>/source", WHO_SEES, RELEASE),
    _post(
        "/releases/<release_id>/source",
        only_seen(303, "author", "publisher"),
        RELEASE,
        body=TEXT,
        format="text",
        row_version="1",
    ),
    _get("/releases/<release_id>/publish", only_seen(200, "publisher"), RELEASE),
    _post("/releases/<release_id>/publish", only_seen(409, "publisher"), RELEASE),
    _post("/releases/<release_id>/publish", only_seen(303, "publisher"), APPROVED),
    _post("/releases/<release_id>/publish", only_seen(303, "publisher"), PUBLISHED),
    _post("/releases/<release_id>/publish/cancel", only_seen(409, "publisher"), APPROVED),
    _get("/releases/<release_id>/schedule", only_seen(200, "author", "publisher"), RELEASE),
    _post("/releases/<release_id>/schedule", only_seen(303, "author", "publisher"), RELEASE, publish="together"),
    _post("/releases/<release_id>/schedule", only_seen(409, "author", "publisher"), PUBLISHED, publish="together"),
    _get("/releases/<release_id>/withdraw", only_seen(200, "publisher"), RELEASE),
    _post("/releases/<release_id>/withdraw", only_seen(303, "publisher"), RELEASE, reason="The date is wrong."),
    _post("/releases/<release_id>/withdraw", only_seen(303, "publisher"), PUBLISHED, reason="The date is wrong."),
)

_VERSION = "/releases/<release_id>/<locale>"

_VERSIONS = (
    _get(_VERSION, WHO_SEES, FRENCH),
    _get(_VERSION, WHO_SEES, GERMAN),
    _get(f"{_VERSION}/units", WHO_SEES, FRENCH),
    _get(f"{_VERSION}/text", WHO_SEES, FRENCH),
    _get(f"{_VERSION}/text/<unit_id>", WHO_SEES, UNIT),
    _get(f"{_VERSION}/compare", WHO_SEES, FRENCH),
    _get(f"{_VERSION}/files", WHO_SEES, FRENCH),
    _get(f"{_VERSION}/export", codes(422, nobody=303), FRENCH),  # no format is asked for
    _post(f"{_VERSION}/import", only_seen(422, *IN_FRENCH), FRENCH),  # no file is sent
    _post(f"{_VERSION}/import", only_seen(422, "reviewer"), GERMAN),
    _get(f"{_VERSION}/approve", only_seen(200, *IN_FRENCH), FRENCH),
    _get(f"{_VERSION}/approve", only_seen(200, "reviewer"), GERMAN),
    _post(f"{_VERSION}/approve", only_seen(303, *IN_FRENCH), FRENCH, digest="{digest}"),
    _post(f"{_VERSION}/approve", only_seen(409, "reviewer"), GERMAN, digest="{digest}"),  # the French text's
    _post(f"{_VERSION}/claim", only_seen(303, *IN_FRENCH), FRENCH),
    _post(f"{_VERSION}/claim", only_seen(303, "reviewer"), GERMAN),
    _post(f"{_VERSION}/give-back", only_seen(303, *IN_FRENCH), FRENCH),
    _post(f"{_VERSION}/give-back", only_seen(303, "reviewer"), GERMAN),
    _post(f"{_VERSION}/confirm", only_seen(303, *IN_FRENCH), FRENCH),
    _post(f"{_VERSION}/confirm", only_seen(303, "reviewer"), GERMAN),
    _get(f"{_VERSION}/hand-over", only_seen(200, *IN_FRENCH), FRENCH),
    _get(f"{_VERSION}/hand-over", only_seen(200, "reviewer"), GERMAN),
    _post(f"{_VERSION}/hand-over", only_seen(303, *IN_FRENCH), FRENCH),
    _post(f"{_VERSION}/hand-over", only_seen(303, "reviewer"), GERMAN),
    _post(f"{_VERSION}/redraft", only_seen(303, "author", "publisher", *IN_FRENCH), FRENCH),
    _post(f"{_VERSION}/redraft", only_seen(303, "author", "publisher", "reviewer"), GERMAN, only="empty", engine=""),
    _get(f"{_VERSION}/request-changes", only_seen(200, "publisher", *IN_FRENCH), FRENCH),
    _post(f"{_VERSION}/request-changes", only_seen(303, "publisher", *IN_FRENCH), FRENCH, reason="The tone."),
    _post(f"{_VERSION}/request-changes", only_seen(303, "publisher", "reviewer"), GERMAN, reason="The tone."),
    _get(f"{_VERSION}/reopen", only_seen(200, "publisher", *IN_FRENCH), APPROVED_FRENCH),
    _post(f"{_VERSION}/reopen", only_seen(303, "publisher", *IN_FRENCH), APPROVED_FRENCH, reason="The tone."),
    _post(f"{_VERSION}/reopen", only_seen(409, "publisher", *IN_FRENCH), FRENCH, reason="The tone."),
    _post(f"{_VERSION}/facts/<token>/waive", only_seen(422, *IN_FRENCH), NO_FACT, reason="It is meant so."),
    _post(f"{_VERSION}/facts/<token>/take-back", only_seen(409, *IN_FRENCH), NO_FACT),
    _get(f"{_VERSION}/changes", WHO_SEES, FRENCH),
    _get(f"{_VERSION}/minor", WHO_SEES, FRENCH),
    _post(f"{_VERSION}/minor", only_seen(303, *IN_FRENCH), FRENCH),
    _get(f"{_VERSION}/replace", WHO_SEES, FRENCH),
    _post(f"{_VERSION}/replace", only_seen(303, *IN_FRENCH), FRENCH, find="brug"),
    _post(f"{_VERSION}/acts/<act>/undo", only_seen(404, *IN_FRENCH), {**FRENCH, "act": "act_none"}),
    _get(f"{_VERSION}/units/<unit_id>/same", WHO_SEES, UNIT),
    _post(f"{_VERSION}/units/<unit_id>/same", only_seen(409, *IN_FRENCH), UNIT),  # it is not confirmed
    _post(f"{_VERSION}/units/<unit_id>/undo", only_seen(409, *IN_FRENCH), UNIT, row_version="2"),  # nothing before
    _post(f"{_VERSION}/units/<unit_id>/accept-minor", only_seen(409, *IN_FRENCH), UNIT, row_version="2"),
    _post(f"{_VERSION}/units/<unit_id>/earlier", only_seen(422, *IN_FRENCH), UNIT, row_version="2"),
    _get(f"{_VERSION}/units/<unit_id>/cut", WHO_SEES, UNIT),
    _post(f"{_VERSION}/units/<unit_id>/join", only_seen(409, *IN_FRENCH), UNIT, seen="{unit}:2"),  # a title
    _post(f"{_VERSION}/units/<unit_id>/split", only_seen(409, *IN_FRENCH), UNIT, seen="{unit}:2", at="7"),
    _get(f"{_VERSION}/units/<unit_id>/history", WHO_SEES, UNIT),
    _get(f"{_VERSION}/standing", WHO_SEES, FRENCH),
    _get(f"{_VERSION}/units/<unit_id>/alternatives", WHO_SEES, UNIT),
    _post(f"{_VERSION}/units/<unit_id>/alternatives", only_seen(303, *IN_FRENCH), UNIT, engine="google"),
    _post(
        f"{_VERSION}/units/<unit_id>/alternatives/<alternative_id>/take",
        only_seen(303, *IN_FRENCH),
        ALTERNATIVE,
        row_version="2",
    ),
    _post(f"{_VERSION}/units/<unit_id>/alternatives/<alternative_id>/leave", only_seen(303, *IN_FRENCH), ALTERNATIVE),
    _get(f"{_VERSION}/units/<unit_id>/matches", WHO_SEES, UNIT),
    _get(f"{_VERSION}/units/<unit_id>/talk", WHO_SEES, UNIT),
    _post(
        f"{_VERSION}/units/<unit_id>/matches/take",
        only_seen(409, *IN_FRENCH),  # the memory offers no such match
        UNIT,
        match="1000000",
        row_version="2",
    ),
    _post(
        f"{_VERSION}/units/<unit_id>/save",
        {**only_seen(303, *IN_FRENCH), "nobody": 401},  # the text is kept through signing in
        UNIT,
        row_version="2",
        target="Bonjour",
    ),
    _post(
        f"{_VERSION}/findings/<finding_id>/dismiss",
        only_seen(422, *IN_FRENCH),  # there is no such finding
        NO_FINDING,
        reason="It is meant so.",
    ),
    _post(f"{_VERSION}/findings/<finding_id>/take-up", only_seen(422, *IN_FRENCH), NO_FINDING),
    _post(f"{_VERSION}/findings/<finding_id>/fix", only_seen(422, *IN_FRENCH), NO_FINDING, row_version="2"),
)

ROWS: tuple[Row, ...] = (*_PUBLIC, *_COMING_IN, *_ACCOUNT, *_OFFICES, *_RELEASES, *_VERSIONS)
