"""What anybody may read: publications and their siblings, through the one predicate that says what is public."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session, load_only

from service.domain.office import Office
from service.formats.atom import tag_uri
from service.queries.visibility import is_public, was_withdrawn
from service.storage.models import Publication

FIRST_YEAR = "2026"


def public_url(office: Office, locale: str, slug: str) -> str:
    """Return the absolute address of a publication."""
    return f"{office.public_url.rstrip('/')}/{locale}/{slug}"


def release_uri(office: Office, release_id: str) -> str:
    """Name a release itself, the same in every language."""
    return tag_uri(office.public_url, FIRST_YEAR, f"release/{release_id}")


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A publication with its public siblings (itself among them), by locale; `gone` when it was withdrawn."""

    publication: Publication
    siblings: tuple[Publication, ...]
    gone: bool = False


def public_page(session: Session, locale: str, slug: str, now: datetime) -> PublicPage | None:
    """Return what stands under an address; None for what is not public, whatever the reason."""
    here = (Publication.locale == locale, Publication.slug == slug)
    publication = session.scalar(select(Publication).where(*here, is_public(now)))
    if publication is not None:
        siblings = session.scalars(
            select(Publication)
            .where(Publication.release_id == publication.release_id, is_public(now))
            .order_by(Publication.locale)
        ).all()
        return PublicPage(publication, tuple(siblings))
    withdrawn = session.scalar(select(Publication).where(*here, was_withdrawn(now)))
    return PublicPage(withdrawn, (), gone=True) if withdrawn is not None else None


def public_list(
    session: Session, locale: str, now: datetime, *, before: tuple[datetime, str] | None = None, limit: int = 50
) -> Sequence[Publication]:
    """Return a locale's publications, newest first; `before` is the last row's (first_published_at, id)."""
    statement = (
        select(Publication)
        .where(Publication.locale == locale, is_public(now))
        .order_by(Publication.first_published_at.desc(), Publication.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(tuple_(Publication.first_published_at, Publication.id) < before)
    return session.scalars(statement).all()


_ADDRESS = load_only(
    Publication.release_id, Publication.locale, Publication.slug, Publication.published_at, raiseload=True
)


def siblings_of(session: Session, release_ids: Collection[str], now: datetime) -> Sequence[Publication]:
    """Return where the releases stand in every language: addresses only, without texts."""
    return session.scalars(
        select(Publication)
        .options(_ADDRESS)
        .where(Publication.release_id.in_(release_ids), is_public(now))
        .order_by(Publication.release_id, Publication.locale)
    ).all()


def withdrawn_list(session: Session, locale: str, now: datetime, *, limit: int = 50) -> Sequence[Publication]:
    """Return a locale's withdrawn publications, for the tombstones of its feed."""
    return session.scalars(
        select(Publication)
        .where(Publication.locale == locale, was_withdrawn(now))
        .order_by(Publication.withdrawn_at.desc())
        .limit(limit)
    ).all()


def everything_public(session: Session, now: datetime, *, limit: int = 50_000) -> Sequence[Publication]:
    """Return all publications, for the sitemap: addresses only, without texts."""
    return session.scalars(
        select(Publication)
        .options(_ADDRESS)
        .where(is_public(now))
        .order_by(Publication.release_id, Publication.locale)
        .limit(limit)
    ).all()


def last_change(session: Session, locale: str, now: datetime) -> datetime | None:
    """Return when the locale's list last changed."""
    return session.scalar(
        select(func.max(func.coalesce(Publication.withdrawn_at, Publication.published_at))).where(
            Publication.locale == locale, Publication.published_at <= now
        )
    )
