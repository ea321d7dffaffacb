import { fewAtATime } from '../../src/callbacks/few-at-a-time';

/** Calls that end when they are told to. */
function calls() {
  const inTurn = fewAtATime();
  const ends: (() => void)[] = [];
  const begin = (host: string) =>
    inTurn(host, () => new Promise<string>((resolve) => ends.push(() => resolve(host))));
  return { begin, ends };
}

describe('callbacks at once', () => {
  it('are two to a host, so that one that hangs leaves room for others', async () => {
    const { begin, ends } = calls();
    const first = [begin('a'), begin('a')];
    expect(await begin('a')).toBeNull();
    const other = begin('b');
    for (const end of ends) end();
    expect(await Promise.all([...first, other])).toEqual(['a', 'a', 'b']);
    const later = begin('a');
    ends.at(-1)?.();
    expect(await later).toBe('a');
  });

  it('are five in all', async () => {
    const { begin, ends } = calls();
    const running = ['a', 'b', 'c', 'd', 'e'].map(begin);
    expect(await begin('f')).toBeNull();
    for (const end of ends) end();
    expect(await Promise.all(running)).toHaveLength(5);
  });

  it('give their place back when they fail', async () => {
    const inTurn = fewAtATime();
    for (let time = 0; time < 10; time += 1)
      await expect(inTurn('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await inTurn('a', () => Promise.resolve('yes'))).toBe('yes');
  });
});
