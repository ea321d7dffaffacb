"""Trains a person with Darkroom and waits for the end: train.py [--decide DECISION] ID REQUEST.json"""

import argparse
import asyncio
import json
import os
import sys
from datetime import timedelta
from pathlib import Path

from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowFailureError,
    WorkflowHandle,
    WorkflowUpdateFailedError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.envconfig import ClientConfig
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError

LOOK_EVERY_S = 2
QUERY_TIMEOUT = timedelta(seconds=10)


class NeedsDecision(Exception):
    pass


async def start(client: Client, training_id: str, request: object) -> WorkflowHandle:
    try:
        # The id is the idempotency key. USE_EXISTING joins a training that runs; REJECT_DUPLICATE never runs one again
        # that has ended, which might be charged again.
        await client.start_workflow(
            "trainPerson",
            request,
            id=training_id,
            task_queue="darkroom",
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        )
    except WorkflowAlreadyStartedError:
        pass  # it has ended, and its result is still there
    # Without a run id: a long training goes on in another run of the same id.
    return client.get_workflow_handle(training_id)


async def follow(handle: WorkflowHandle, decision: object) -> object:
    """Shows the status line until the end, and answers needs-decision."""
    line = None
    # Not by waiting for result() meanwhile: its call would keep the interpreter from ending for a decision.
    while (await handle.describe()).status is WorkflowExecutionStatus.RUNNING:
        try:
            status = await handle.query("status", rpc_timeout=QUERY_TIMEOUT)
        except RPCError:
            status = {"state": "?", "line": line}  # no worker answers just now; the training is safe
        if status["line"] != line:
            line = status["line"]
            print(f"{status['state']}: {line}", file=sys.stderr)
        if status["state"] == "needs-decision":
            if decision is None:
                raise NeedsDecision
            await handle.execute_update("decide", decision)
            decision = None  # good for one submission: another one whose outcome is unknown is another question
        await asyncio.sleep(LOOK_EVERY_S)
    return await handle.result()


async def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--decide", type=json.loads, help="""such as '{"decision": "abandon"}'""")
    parser.add_argument("id")
    parser.add_argument("request", type=Path)
    options = parser.parse_args()
    # TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_* and the profile file.
    config = {"target_host": "localhost:7233", **ClientConfig.load_client_connect_config()}
    client = await Client.connect(**config)
    handle = await start(client, options.id, json.loads(options.request.read_text("utf-8")))
    try:
        print(json.dumps(await follow(handle, options.decide)))
        return 0
    except NeedsDecision:
        print("a person must decide: run it again with --decide", file=sys.stderr)
        return 4
    except (WorkflowFailureError, WorkflowUpdateFailedError) as error:
        return failed(error.cause)


def failed(failure: BaseException) -> int:
    """The code is the type of the failure, and the result of the training is in its details."""
    if not isinstance(failure, ApplicationError):
        print(failure, file=sys.stderr)  # canceled or terminated: there are no details
        return 1
    for result in failure.details:
        print(json.dumps(result))
    print(f"{failure.type}: {failure.message}", file=sys.stderr)
    return 1


code = asyncio.run(main())
sys.stdout.flush()
sys.stderr.flush()
# Not sys.exit: threads of the SDK may outlive the loop, and abort an interpreter that is ending.
# https://github.com/temporalio/sdk-python/issues/300
os._exit(code)
