# One image for `netra serve` (the default), `netra migrate` and `netra worker`:
#   docker run -p 8000:8000 -v netra:/data --stop-timeout 60 netra
# The time to stop lets requests in flight finish and the database write everything out.
FROM python:3.13-slim AS build
WORKDIR /srv/netra
COPY requirements.lock ./
RUN python -m venv /opt/netra \
    && /opt/netra/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md alembic.ini ./
COPY alembic ./alembic
COPY app ./app
# Editable, because the migrations lie beside the package and not inside it.
RUN /opt/netra/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && /opt/netra/bin/python -m compileall -q app alembic

FROM python:3.13-slim
RUN useradd --user-group --uid 10001 --no-create-home --shell /usr/sbin/nologin netra \
    && install -d -o netra -g netra -m 0700 /data
COPY --from=build /opt/netra /opt/netra
COPY --from=build /srv/netra /srv/netra
ENV PATH=/opt/netra/bin:$PATH PYTHONUNBUFFERED=1 NETRA_DATA=/data
WORKDIR /srv/netra
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["netra"]
CMD ["serve", "--host", "0.0.0.0"]
