# Broadsheet with everything it runs on, from the lock file: docker build -t broadsheet .
# The folder of this file is the checkout; /data keeps raw pages, lake and warehouse, /inbox is watched.
FROM python:3.12-slim

# Set-up as `make run` does it, in two steps, so that a change of the code installs no package again.
WORKDIR /app
COPY requirements.lock pyproject.toml README.md ./
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.lock
COPY flows flows
COPY tasks tasks
COPY expectations expectations
COPY warehouse warehouse
COPY seeds seeds
COPY prefect.yaml LICENSE ./
RUN pip install --no-cache-dir --no-build-isolation --no-deps --editable . \
    && useradd --create-home broadsheet && mkdir /data /inbox && chown broadsheet /data /inbox

USER broadsheet
ENV BROADSHEET_DATA_DIR=/data
VOLUME /data
ENTRYPOINT ["broadsheet"]
CMD ["status"]
