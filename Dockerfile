# One image for every role of the scaled set-up: web, worker, beat, and the one-shot that upgrades the schema.
FROM python:3.11.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/perstolk
COPY requirements.txt /build/
RUN /opt/perstolk/bin/pip install --require-hashes --requirement /build/requirements.txt
COPY pyproject.toml README.md LICENSE /build/
COPY service /build/service
COPY workers /build/workers
RUN /opt/perstolk/bin/pip install --no-deps --no-build-isolation /build

FROM python:3.11.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/perstolk --create-home --shell /usr/sbin/nologin perstolk
COPY --from=build /opt/perstolk /opt/perstolk
ENV PATH=/opt/perstolk/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PERSTOLK_VAR_DIR=/var/lib/perstolk
USER 10001
WORKDIR /var/lib/perstolk
VOLUME /var/lib/perstolk
EXPOSE 8000
CMD ["perstolk", "web"]
