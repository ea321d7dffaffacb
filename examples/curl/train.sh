#!/usr/bin/env bash
# Trains a person with Darkroom over Temporal's own HTTP API and waits for the end:
#   train.sh [--decide DECISION] ID REQUEST.json
# Needs curl 7.76 or newer and python3. ID has no character that means something in an URL.
set -euo pipefail

decision=
if [ "${1-}" = --decide ]; then
  decision=$2
  shift 2
fi
if [ $# != 2 ]; then
  echo 'usage: train.sh [--decide DECISION] ID REQUEST.json' >&2
  exit 2
fi
namespace=${TEMPORAL_NAMESPACE:-default}
training=${TEMPORAL_HTTP_URL:-http://localhost:7243}/api/v1/namespaces/$namespace/workflows/$1

call() { curl -sS --fail-with-body -H 'Content-Type: application/json' "$@"; }
# What a Python expression makes of the JSON on stdin, which is called `it`; an object as JSON, None as nothing.
pick() {
  python3 -c "import json, sys
it = json.load(sys.stdin)
found = $1
if found is not None: print(found if isinstance(found, str) else json.dumps(found))"
}

# The id is the idempotency key. USE_EXISTING joins a training that runs; REJECT_DUPLICATE never runs one again that has
# ended, which might be charged again: the answer is then 409, and its result is still there.
start=$(
  cat <<END
{
  "workflowType": { "name": "trainPerson" },
  "taskQueue": { "name": "darkroom" },
  "input": [$(cat "$2")],
  "workflowIdConflictPolicy": "WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING",
  "workflowIdReusePolicy": "WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE"
}
END
)
answer=$(curl -sS -w '\n%{http_code}' -H 'Content-Type: application/json' "$training" -d "$start") || exit 1
case ${answer##*$'\n'} in
  200 | 409) ;;
  *)
    echo "${answer%$'\n'*}" >&2
    exit 1
    ;;
esac

# Prints the decision's refusal, if it is refused. Asked again with the same update id, it is not decided twice.
decide() {
  local body outcome update_id
  update_id=decide-$(date +%s)-$$
  body='{"request": {"meta": {"updateId": "'$update_id'"}, "input": {"args": ['$1']}}, "waitPolicy":
    {"lifecycleStage": "UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED"}}'
  outcome=
  while [ -z "$outcome" ]; do
    outcome=$(call "$training/update/decide" -d "$body" | pick 'it.get("outcome")')
  done
  pick 'it.get("failure", {}).get("message")' <<<"$outcome"
}

line=
while [ "$(call "$training" | pick 'it["workflowExecutionInfo"]["status"]')" = WORKFLOW_EXECUTION_STATUS_RUNNING ]; do
  # Without a worker there is no answer just now; the training is safe.
  if status=$(call --max-time 10 "$training/query/status" -d '{}' 2>/dev/null); then
    state=$(pick 'it["queryResult"][0]["state"]' <<<"$status")
    now=$(pick 'it["queryResult"][0]["line"]' <<<"$status")
    [ "$now" = "$line" ] || echo "$state: $now" >&2
    line=$now
    if [ "$state" = needs-decision ]; then
      if [ -z "$decision" ]; then
        echo 'a person must decide: run it again with --decide' >&2
        exit 4
      fi
      refusal=$(decide "$decision")
      decision= # good for one submission: another one whose outcome is unknown is another question
      if [ -n "$refusal" ]; then
        echo "$refusal" >&2
        exit 1
      fi
      continue
    fi
  fi
  sleep 2
done

# The last event says how it ended. The result of a failed training is in the details of the failure.
end=$(call "$training/history?historyEventFilterType=HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT" |
  pick 'it["history"]["events"][-1]')
if result=$(pick 'it["workflowExecutionCompletedEventAttributes"]["result"][0]' <<<"$end" 2>/dev/null); then
  echo "$result"
  exit 0
fi
failure=$(pick 'it.get("workflowExecutionFailedEventAttributes", {}).get("failure")' <<<"$end")
if [ -z "$failure" ]; then
  pick 'it["eventType"]' <<<"$end" >&2 # canceled or terminated: there are no details
  exit 1
fi
pick 'it["applicationFailureInfo"].get("details", [None])[0]' <<<"$failure"
pick 'it["applicationFailureInfo"]["type"] + ": " + it["message"]' <<<"$failure" >&2
exit 1
