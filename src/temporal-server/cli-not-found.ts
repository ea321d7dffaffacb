import { PINNED_VERSION } from './pinned-builds';

// `go install …@v1.8.2` is refused because of a replace directive in the CLI's own go.mod; a module of our own may replace.
const BUILD_WITH_GO = `mkdir temporal-cli && cd temporal-cli
cat > go.mod <<'EOF'
module tools
go 1.26.4
require github.com/temporalio/cli v${PINNED_VERSION}
replace github.com/temporalio/cli/cliext => github.com/temporalio/cli/cliext v0.0.0-20260731000218-c579925f193f
tool github.com/temporalio/cli/cmd/temporal
EOF
go mod tidy
CGO_ENABLED=0 go build -trimpath -o temporal \\
  -ldflags "-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${PINNED_VERSION}" \\
  github.com/temporalio/cli/cmd/temporal
export DARKROOM_TEMPORAL_CLI="$PWD/temporal"`;

/** No way led to a Temporal CLI. The message names each with its reason, and what a person can do. */
export class TemporalCliNotFoundError extends Error {
  override readonly name = 'TemporalCliNotFoundError';

  constructor(readonly tried: readonly { title: string; reason: string }[]) {
    super(`No Temporal CLI was found, and none could be fetched.
${tried.map(({ title, reason }) => `  - ${title}: ${reason}`).join('\n')}
Any one of these helps:
  - Set TEMPORAL_ADDRESS to a Temporal server that runs; then no CLI is needed.
  - Install the CLI so that it is on the PATH: https://docs.temporal.io/cli (macOS: brew install temporal).
  - Set DARKROOM_TEMPORAL_CLI to the path of a temporal binary.
  - Build it with Go 1.26.4 or newer, which takes about 10 minutes on 2 cores:
${BUILD_WITH_GO.replace(/^/gm, '      ')}`);
  }
}
