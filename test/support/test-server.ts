import { accessTo, type TemporalAccess } from '../../src/temporal-connection';

export const TEST_ADDRESS_VARIABLE = 'DARKROOM_TEST_TEMPORAL';
export const TEST_HTTP_VARIABLE = 'DARKROOM_TEST_TEMPORAL_HTTP';
export const TEST_FOLDER_VARIABLE = 'DARKROOM_TEST_FOLDER';
export const TEST_REPLAYER_VARIABLE = 'DARKROOM_TEST_REPLAYER';
/** As many as Jest has workers. */
export const NAMESPACES = ['default', 'second', 'third', 'fourth'] as const;
/** For tests whose workers die side by side; one test file at a time may use them. */
export const FAULT_NAMESPACES = ['fault-1', 'fault-2', 'fault-3', 'fault-4', 'fault-5', 'fault-6'] as const;
/** The same for those whose records are in a bucket. */
export const BUCKET_NAMESPACES = ['bucket-1', 'bucket-2', 'bucket-3'] as const;

/** The server of this run. Each of Jest's workers has a namespace of its own, so the workers of two tests never meet. */
export function testAccess(): TemporalAccess {
  const address = process.env[TEST_ADDRESS_VARIABLE];
  if (address === undefined)
    throw new Error('the test server is not up: run the tests through jest.config.js');
  return accessTo(address, ofThisWorker(NAMESPACES));
}

export function faultAccess(
  namespace: (typeof FAULT_NAMESPACES | typeof BUCKET_NAMESPACES)[number],
): TemporalAccess {
  return accessTo(testAccess().connectionOptions.address ?? '', namespace);
}

/** A Temporal that has never heard of what the test has done so far, as after its database was lost. */
export const AFRESH_NAMESPACES = ['afresh-1', 'afresh-2', 'afresh-3', 'afresh-4'] as const;
export function afreshAccess(): TemporalAccess {
  return accessTo(testAccess().connectionOptions.address ?? '', ofThisWorker(AFRESH_NAMESPACES));
}

function ofThisWorker(namespaces: readonly string[]): string {
  const namespace = namespaces[Number(process.env['JEST_WORKER_ID'] ?? '1') - 1];
  if (namespace === undefined) throw new Error('more Jest workers than namespaces; see maxWorkers');
  return namespace;
}

/** Temporal's own HTTP API on the server of this run. */
export function testHttpUrl(): string {
  return process.env[TEST_HTTP_VARIABLE] ?? '';
}

export function testFolder(): string {
  return process.env[TEST_FOLDER_VARIABLE] ?? '';
}

export function replayerUrl(): string {
  return process.env[TEST_REPLAYER_VARIABLE] ?? '';
}
