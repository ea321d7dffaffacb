import { accessTo, type TemporalAccess } from '../../src/temporal-connection';

export const TEST_ADDRESS_VARIABLE = 'DARKROOM_TEST_TEMPORAL';
export const TEST_FOLDER_VARIABLE = 'DARKROOM_TEST_FOLDER';
export const SECOND_NAMESPACE = 'second';

/** The server of this run. Two test files run at once, each in a namespace of its own, so their workers never meet. */
export function testAccess(): TemporalAccess {
  const address = process.env[TEST_ADDRESS_VARIABLE];
  if (address === undefined)
    throw new Error('the test server is not up: run the tests through jest.config.js');
  return accessTo(address, process.env['JEST_WORKER_ID'] === '2' ? SECOND_NAMESPACE : 'default');
}

export function testFolder(): string {
  return process.env[TEST_FOLDER_VARIABLE] ?? '';
}
