"""Looking at the page that a receipt names: which of the texts that were published does it show?"""

from __future__ import annotations

from celery import shared_task

from service.domain.receipts import page_text, shows
from service.operations.receipts import Looking, claim_look, record_look
from workers.composition import parts
from workers.http import OutboundClient, OutboundFailed, OutboundRefused

OK = 200


@shared_task(name="workers.fetch_receipt")
def look(receipt_id: str) -> None:
    """Look at a receipt's page, if it is due."""
    here = parts()
    with here.desk.begin() as work:
        looking = claim_look(work, receipt_id)
    if looking is None:
        return
    text = fetched(here.outbound, looking)
    found = None if text is None else found_in(text, looking)
    with here.desk.begin() as work:
        record_look(work, looking, found=found, readable=text is not None)


def fetched(client: OutboundClient, looking: Looking) -> str | None:
    """Return the page's text, squeezed; None where no page came, or none that is meant to be read."""
    try:
        page = client.get(looking.url)
    except (OutboundRefused, OutboundFailed):
        return None
    return page_text(page.text) if page.status == OK else None


def found_in(page: str, looking: Looking) -> str | None:
    """Return the digest of the newest text that the page shows whole."""
    return next((digest for digest, blocks in looking.texts if shows(page, blocks)), None)
