# One image; web, worker and beat are chosen by the command (docs/operations.md).
FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
# The Design System's assets are brought by scripts/set_up before the build, into var/assets.
RUN SECRET_KEY=build SHARE_LINK_KEYS= STATIC_ROOT=/app/static ASSETS_FOLDER=/app/var/assets \
    /venv/bin/python manage.py collectstatic --noinput

FROM python:3.11-slim
# Workers on the queue bulk look at previews with Chromium where the image has it (300 MB).
ARG WITH_CHROMIUM=false
RUN if [ "$WITH_CHROMIUM" = true ]; then apt-get update && apt-get install -y --no-install-recommends \
    chromium fonts-liberation && rm -rf /var/lib/apt/lists/*; fi
RUN groupadd --gid 1001 app && useradd --uid 1001 --gid 1001 --no-create-home app
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/app/static PORT=3000
USER 1001:1001
EXPOSE 3000 9394
CMD ["gunicorn", "-c", "scripts/gunicorn_conf.py", "preview.wsgi"]
