import { once } from 'node:events';
import { stallAlarm } from '../../src/watching/stall-alarm';

afterEach(() => jest.restoreAllMocks());

test('a process that was frozen for longer than its heartbeats may be late stops watching', async () => {
  const { signal, stop } = stallAlarm();
  const nowMs = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(nowMs + 6000); // as the clock is after a SIGSTOP and a SIGCONT
  await once(signal, 'abort');
  expect(String(signal.reason)).toContain('this process was frozen');
  stop();
});

test('one that is merely busy goes on', async () => {
  const { signal, stop } = stallAlarm();
  const nowMs = Date.now();
  const looked = new Promise<void>((resolve) => {
    jest.spyOn(Date, 'now').mockImplementation(() => {
      setImmediate(resolve);
      return nowMs + 4000;
    });
  });
  await looked;
  expect(signal.aborted).toBe(false);
  stop();
});
