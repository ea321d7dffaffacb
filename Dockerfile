# The worker, and with another command (`sandbox`, `train`, `list`, …) every other part of Darkroom.
#
#   docker build -t darkroom .
#   docker run --init -e TEMPORAL_ADDRESS=… -e APIFRAME_API_KEY=… -v darkroom:/var/lib/darkroom darkroom
#
# Debian, not Alpine: the native bridge of the Temporal SDK has no build for musl.
ARG NODE_IMAGE=node:20-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Only these two files decide about this layer, so that a change of the source does not fetch everything again. Without
# scripts: our own `prepare` would install git hooks and build sources that are not here yet, and no package needs one.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build.js scripts/
COPY src src
# Bundles the workflows as well: what cannot be bundled fails here, not in a worker that is already deployed.
RUN npm run build
# `prepare` needs husky and tsc, which are gone after the prune. The SDK brings its native bridge for five platforms,
# 137 MB; `uname -m` is that of the platform the image is for, also in an emulated build. Loading it proves that the
# right one was kept.
RUN npm prune --omit=dev --ignore-scripts \
 && cd node_modules/@temporalio/core-bridge/releases \
 && find . -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r {} + \
 && cd /app \
 && node -e "require('@temporalio/core-bridge')"

FROM ${NODE_IMAGE} AS run
# The slim image has no root certificates. Node brings its own; the Temporal connection (Rust) reads those of the system.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/*

# V8's heap alone. Decoded photos and the SDK's core lie outside it, so the container needs about twice as much.
ARG NODE_HEAP_MB=1024
# Two arenas instead of eight per core: glibc gives little of what libvips used back to the system otherwise.
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-old-space-size=${NODE_HEAP_MB} \
    MALLOC_ARENA_MAX=2 \
    DARKROOM_HOME=/var/lib/darkroom

WORKDIR /app
# All of it belongs to root: the process can read its own code and not change it.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY deploy/healthcheck.js deploy/

# A new named volume takes owner and mode of this folder over. Photos of people lie in it: nobody else reads it.
RUN install -d -o node -g node -m 0700 /var/lib/darkroom
USER node

# The first SIGTERM lets what is in hand be finished. Give it DARKROOM_SHUTDOWN_GRACE (100 s) + 20 s + some, or a
# submission may be cut off with an unknown outcome: `docker stop -t 130`, stop_grace_period, or
# terminationGracePeriodSeconds.
STOPSIGNAL SIGTERM

# For the worker, which has no HTTP endpoint. It asks Temporal whether a worker on this host has polled each of the task
# queues in DARKROOM_QUEUES within 150 s.
# Proves: the process lived then, reaches Temporal, its namespace exists, and it takes work of each queue.
# Does not prove: that its JavaScript moves (the SDK polls from threads of its own), that the provider answers or that
# the store can be written (`darkroom doctor` tries those two). It is also unhealthy while Temporal is away, and that
# needs no restart: the worker waits. So take it for readiness, never for a liveness probe that kills. Other commands
# than `worker` need another check, or none.
HEALTHCHECK --interval=60s --timeout=15s --start-period=60s --retries=3 \
  CMD ["node", "deploy/healthcheck.js"]

ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["worker"]
