"""The one table of pages: what each is called, where it is, who looks at it, and whether it is one of the main ones."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `path` is filled with the office's facts, `who` is None for a reader from outside.

    `speaks` is the language of a page that is the same whoever reads it.
    """

    name: str
    path: str
    who: str | None
    main: bool = False
    status: int = 200
    speaks: str = ""


PAGES = (
    Page("sign-in", "/sign-in", None),
    Page("signed-in", "/signed-in", "reviewer"),
    Page("queue", "/", "reviewer", main=True),
    Page("queue-empty", "/?which=failed", "french_reviewer"),
    Page("releases", "/releases", "publisher"),
    Page("releases-nothing", "/releases?only=questions", "author"),
    Page("release", "/releases/{review}", "publisher", main=True),
    Page("release-drafting", "/releases/{drafting}", "author"),
    Page("release-new", "/releases/new", "author"),
    Page("release-source", "/releases/{review}/source", "author"),
    Page("editor", "/releases/{review}/fr", "reviewer", main=True),
    Page("editor-read-only", "/releases/{review}/de", "author"),
    Page("editor-revised", "/releases/{revised}/fr", "reviewer"),
    Page("source-changes", "/releases/{revised}/fr/changes?from=1&to=3", "reviewer"),
    Page("source-changes-none", "/releases/{review}/fr/changes", "reviewer"),
    Page("minor-edits", "/releases/{revised}/fr/minor", "reviewer"),
    Page("replace", "/releases/{review}/fr/replace?find=la&replacement=une&whole=yes", "reviewer"),
    Page("same-sentence", "/releases/{review}/fr/units/{unit}/same", "reviewer"),
    Page("cut", "/releases/{review}/fr/units/{unit}/cut", "reviewer"),
    Page("history", "/releases/{review}/fr/units/{unit}/history", "reviewer"),
    Page("alternatives", "/releases/{review}/fr/units/{other}/alternatives", "reviewer"),
    Page("talk", "/releases/{review}/fr/units/{unit}/talk", "reviewer"),
    Page("matches", "/releases/{review}/fr/units/{unit}/matches", "reviewer", main=True),
    Page("text", "/releases/{review}/fr/text", "reviewer", main=True),
    Page("text-changes", "/releases/{review}/fr/text?since=draft&source=above", "reviewer"),
    Page("compare", "/releases/{review}/fr/compare", "reviewer"),
    Page("files", "/releases/{review}/fr/files", "reviewer"),
    Page("approve", "/releases/{review}/en/approve", "second_reviewer"),
    Page("approve-not-yet", "/releases/{review}/fr/approve", "reviewer"),
    Page("facts", "/releases/{review}/facts", "reviewer", main=True),
    Page("facts-differing", "/releases/{review}/facts?show=differing", "author"),
    Page("request-changes", "/releases/{review}/fr/request-changes", "second_reviewer"),
    Page("hand-over", "/releases/{review}/fr/hand-over", "reviewer"),
    Page("reopen", "/releases/{review}/de/reopen", "second_reviewer"),
    Page("publish", "/releases/{approved}/publish", "publisher"),
    Page("publish-not-yet", "/releases/{review}/publish", "publisher"),
    Page("schedule", "/releases/{approved}/schedule", "publisher"),
    Page("withdraw", "/releases/{approved}/withdraw", "publisher"),
    Page("terms", "/terms", "reviewer", main=True),
    Page("term", "/terms/{concept}", "french_reviewer"),
    Page("term-new", "/terms/new", "reviewer"),
    Page("term-read-only", "/terms/{concept}", "author"),
    Page("term-remove", "/terms/{concept}/remove", "reviewer"),
    Page("terms-import", "/terms/import", "admin"),
    Page("terms-import-preview", "/terms/import/{list}", "admin"),
    Page("terms-import-done", "/terms/import/{taken_list}?done=terms-imported", "reviewer"),
    Page("memory", "/memory?q=stad+2026", "reviewer", main=True),
    Page("memory-empty", "/memory", "author"),
    Page("memory-sentence", "/memory?q=De+stad+plant+1.500+bomen+langs+17+schoolroutes.", "reviewer"),
    Page("memory-nothing", "/memory?q=zilverreiger", "reviewer"),
    Page("memory-entry", "/memory/{entry}", "reviewer", main=True),
    Page("memory-entry-read-only", "/memory/{entry}", "author"),
    Page("memory-entry-taken-out", "/memory/{retired_entry}", "reviewer"),
    Page("memory-retire", "/memory/{entry}/retire", "reviewer"),
    Page("memory-import", "/memory/import", "reviewer"),
    Page("memory-import-preview", "/memory/import/{file}", "reviewer", main=True),
    Page("memory-import-done", "/memory/import/{taken_file}?done=memory-imported", "second_reviewer"),
    Page("checks", "/checks", "admin", main=True),
    Page("checks-read-only", "/checks", "author"),
    Page("engines", "/engines", "reviewer", main=True),
    Page("health", "/health", "admin"),
    Page("endpoints", "/endpoints", "admin"),
    Page("endpoint-new", "/endpoints/new", "admin"),
    Page("endpoint", "/endpoints/{endpoint}", "admin"),
    Page("endpoint-remove", "/endpoints/{endpoint}/remove", "admin"),
    Page("deliveries", "/deliveries", "admin"),
    Page("delivery", "/deliveries/{delivery}", "admin"),
    Page("people", "/people", "admin"),
    Page("person-new", "/people/new", "admin"),
    Page("person", "/people/{person}", "admin"),
    Page("account", "/account", "reviewer"),
    Page("password", "/account/password", "reviewer"),
    Page("audit", "/audit", "auditor"),
    Page("audit-chain", "/audit/chain", "auditor"),
    Page("shortcuts", "/shortcuts", "reviewer"),
    Page("accessibility", "/accessibility", "reviewer", main=True),
    Page("accessibility-signed-out", "/accessibility", None),
    Page("not-found", "/releases/nothing", "reviewer", status=404),
    Page("public-list", "/fr/", None, speaks="fr"),
    Page("public-release", "/fr/zondagmarkt", None, main=True, speaks="fr"),
    Page("public-withdrawn", "/fr/de-meeuw", None, status=410, speaks="fr"),
    Page("public-nothing", "/fr/nothing", None, status=404, speaks="en"),
)
