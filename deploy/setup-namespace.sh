#!/bin/sh
# Makes the namespace and the search attributes that workers need. Runs at every start: what is there stays as it is.
# The server and the namespace stand in TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, which the Temporal CLI reads.
set -eu

# Equal to SEARCH_ATTRIBUTES in src/contract/names.ts; a test compares them.
SEARCH_ATTRIBUTES='DarkroomState=Keyword DarkroomProvider=Keyword DarkroomSubject=Keyword DarkroomTraining=Keyword DarkroomWaitingSince=Datetime DarkroomProgress=Int DarkroomCredits=Int DarkroomTrouble=Keyword DarkroomExpectedEnd=Datetime DarkroomBatch=Keyword'

# A training's id is its idempotency key for as long as Temporal remembers the training, so this is longer than any
# caller may come back with the same id.
RETENTION=90d

tries=0
until temporal operator cluster health; do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then
    echo "setup-namespace: Temporal at $TEMPORAL_ADDRESS is not healthy" >&2
    exit 1
  fi
  sleep 2
done

if ! temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
fi

# A namespace that is new is seen by every part of the server some seconds later.
tries=0
until known=$(temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE"); do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then
    echo "setup-namespace: the namespace $TEMPORAL_NAMESPACE does not answer" >&2
    exit 1
  fi
  echo "setup-namespace: waiting for the new namespace"
  sleep 2
done

for attribute in $SEARCH_ATTRIBUTES; do
  name=${attribute%=*}
  if ! echo "$known" | grep -qw "$name"; then
    temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$name" --type "${attribute#*=}"
  fi
done
