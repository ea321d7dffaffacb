import { accessTo, type TemporalAccess } from '../../src/temporal-connection';

export const TEST_ADDRESS_VARIABLE = 'DARKROOM_TEST_TEMPORAL';
export const TEST_FOLDER_VARIABLE = 'DARKROOM_TEST_FOLDER';
export const SECOND_NAMESPACE = 'second';
/** For tests whose workers die side by side; one test file at a time may use them. */
export const FAULT_NAMESPACES = ['fault-1', 'fault-2', 'fault-3', 'fault-4', 'fault-5', 'fault-6'] as const;

/** The server of this run. Two test files run at once, each in a namespace of its own, so their workers never meet. */
export function testAccess(): TemporalAccess {
  const address = process.env[TEST_ADDRESS_VARIABLE];
  if (address === undefined)
    throw new Error('the test server is not up: run the tests through jest.config.js');
  return accessTo(address, process.env['JEST_WORKER_ID'] === '2' ? SECOND_NAMESPACE : 'default');
}

export function faultAccess(namespace: (typeof FAULT_NAMESPACES)[number]): TemporalAccess {
  return accessTo(testAccess().connectionOptions.address ?? '', namespace);
}

export function testFolder(): string {
  return process.env[TEST_FOLDER_VARIABLE] ?? '';
}
