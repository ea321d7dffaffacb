import { errorMessage } from '../error-facts';

/** No Temporal server answers where one was expected. */
export class TemporalUnreachableError extends Error {
  override name = 'TemporalUnreachableError' as const;

  constructor(address: string, cause: unknown) {
    super(
      `No Temporal server answers at ${address} (${errorMessage(cause)}); start one with darkroom dev, or set TEMPORAL_ADDRESS`,
      { cause },
    );
  }
}

export class TrainingNotFoundError extends Error {
  override name = 'TrainingNotFoundError' as const;

  constructor(id: string) {
    super(`There is no training with the id ${id}; darkroom list shows those that there are`);
  }
}

/** Joining would hand back the training of other photos or another person. */
export class IdTakenError extends Error {
  override name = 'IdTakenError' as const;

  constructor(id: string) {
    super(`The id ${id} belongs to a training of another request; choose another id`);
  }
}

/** The training ended in a way that left no result, such as a termination by an operator. */
export class NoResultError extends Error {
  override name = 'NoResultError' as const;

  constructor(id: string, cause: unknown) {
    super(
      `The training ${id} has no result: ${errorMessage(cause)}; look at its history in the Temporal UI`,
      { cause },
    );
  }
}

/** Temporal answers, but no worker does. */
export class NoWorkerError extends Error {
  override name = 'NoWorkerError' as const;

  constructor(id: string) {
    super(`No worker answers for ${id}; it is safe and goes on when one runs (darkroom worker)`);
  }
}

/** The namespace does not know our search attributes. */
export class NamespaceNotPreparedError extends Error {
  override name = 'NamespaceNotPreparedError' as const;

  constructor(namespace: string, cause: unknown) {
    super(`The namespace ${namespace} lacks Darkroom's search attributes; run darkroom doctor --fix`, {
      cause,
    });
  }
}

/** A decision that was not taken; `message` is the sentence of the workflow. */
export class DecisionRefusedError extends Error {
  override name = 'DecisionRefusedError' as const;
}

/** There is no ended training under this id that could wait again. */
export class NotAdoptableError extends Error {
  override name = 'NotAdoptableError' as const;
}

/** A cursor that this server did not give out, or with another filter. */
export class CursorError extends Error {
  override name = 'CursorError' as const;

  constructor(cause: unknown) {
    super('The cursor is not one of this list; begin without it', { cause });
  }
}

/** There is nothing left to cancel. */
export class TrainingEndedError extends Error {
  override name = 'TrainingEndedError' as const;

  constructor(id: string) {
    super(`The training ${id} has ended already; its status says how`);
  }
}

/** No batch is known under this id. */
export class BatchNotFoundError extends Error {
  override name = 'BatchNotFoundError' as const;

  constructor(id: string) {
    super(`There is no batch with the id ${id}`);
  }
}

/** The id belongs to a batch that runs, and has another manifest. */
export class BatchRunsError extends Error {
  override name = 'BatchRunsError' as const;

  constructor(id: string) {
    super(`The batch ${id} runs with another manifest; wait for its end, or choose another id`);
  }
}

/** The batch itself has failed, or somebody terminated it. What it has started goes on. */
export class BatchStoppedError extends Error {
  override name = 'BatchStoppedError' as const;

  constructor(id: string, cause: unknown) {
    super(
      `The batch ${id} was stopped: ${errorMessage(cause)}; what it has started goes on, and the same manifest run again joins that`,
      { cause },
    );
  }
}

/** Pausing, resuming or canceling was not taken; `message` says why. */
export class SteeringRefusedError extends Error {
  override name = 'SteeringRefusedError' as const;
}

/** The name belongs to a schedule already. */
export class ScheduleExistsError extends Error {
  override name = 'ScheduleExistsError' as const;

  constructor(name: string) {
    super(
      `There is a schedule ${name} already, and nothing was changed; update or delete it, or choose another name`,
    );
  }
}

/** No schedule of batches is known under this name. */
export class ScheduleNotFoundError extends Error {
  override name = 'ScheduleNotFoundError' as const;

  constructor(name: string) {
    super(
      `There is no schedule of batches with the name ${name}; darkroom schedule list shows those that there are`,
    );
  }
}

/** What was asked of a schedule cannot be done now; `message` says why. Nothing was started or changed. */
export class ScheduleRefusedError extends Error {
  override name = 'ScheduleRefusedError' as const;
}

/** Which rows a batch has stands in the store, and that of this process does not have them. */
export class RowsUnknownError extends Error {
  override name = 'RowsUnknownError' as const;

  constructor(manifest: string) {
    super(
      `The rows ${manifest} are not in the store of this process; give it the store of the workers (DARKROOM_STORE_DIR, DARKROOM_STORE, readStore of the client)`,
    );
  }
}

export class RowNotFoundError extends Error {
  override name = 'RowNotFoundError' as const;

  constructor(id: string, row: number) {
    super(`The batch ${id} has no row ${row}; rows of the manifest that were not right are no part of it`);
  }
}
