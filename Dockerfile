# One image for every process of detente: `docker build -t detente .`, then `docker run detente --help`.
# It has no broker in it: compose runs Kafka's own image.

FROM python:3.13.18-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
RUN python -m venv /opt/detente
ENV PATH=/opt/detente/bin:$PATH
COPY requirements.lock requirements-build.lock ./
# Wheels only: nothing is compiled here, and no build tool that is not locked is fetched.
RUN pip install --only-binary :all: --require-hashes -r requirements.lock
RUN python -m venv /opt/build && /opt/build/bin/pip install --only-binary :all: --require-hashes -r requirements-build.lock
COPY . .
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . && pip install --no-deps --no-index dist/*.whl

FROM python:3.13.18-slim-trixie
RUN useradd --system --uid 10001 --home-dir /var/lib/detente --create-home --shell /usr/sbin/nologin detente
COPY --from=build /opt/detente /opt/detente
ENV PATH=/opt/detente/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DETENTE_STATE_DIR=/var/lib/detente DETENTE_LOG_FORMAT=json
USER 10001
WORKDIR /var/lib/detente
VOLUME /var/lib/detente
ENTRYPOINT ["detente"]
CMD ["--help"]
