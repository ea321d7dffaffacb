import { namedVerdicts, withNames } from '../../src/cli/named-verdicts';
import type { PhotoVerdict } from '../../src/contract/photo';

const accepted = (photo: string): PhotoVerdict => ({
  photo,
  verdict: 'accepted',
  reasons: [],
  output: `normalized/${photo}`,
});

describe('verdicts under the names that the user knows', () => {
  it('go back to the files in the order that they were given', () => {
    const imported = [
      { name: 'b.jpg', ref: 'file:2', reason: null },
      { name: 'a.jpg', ref: 'file:1', reason: null },
    ];
    expect(namedVerdicts(imported, [accepted('file:1'), accepted('file:2')])).toEqual([
      { ...accepted('file:2'), photo: 'b.jpg' },
      { ...accepted('file:1'), photo: 'a.jpg' },
    ]);
  });

  it('two files of the same content get a line each', () => {
    const imported = ['a.jpg', 'copy.jpg'].map((name) => ({ name, ref: 'file:1', reason: null }));
    const named = namedVerdicts(imported, [accepted('file:1'), accepted('file:1')]);
    expect(named.map(({ photo }) => photo)).toEqual(['a.jpg', 'copy.jpg']);
  });

  it('a file that was not taken over has its verdict all the same', () => {
    const imported = [{ name: 'huge.jpg', ref: null, reason: 'too-many-bytes' as const }];
    expect(namedVerdicts(imported, [])).toEqual([
      { photo: 'huge.jpg', verdict: 'rejected', reasons: ['too-many-bytes'], output: null },
    ]);
  });

  it('stand in the sentence of a failure', () => {
    const imported = [{ name: 'a.jpg', ref: 'file:1', reason: null }];
    expect(withNames('rejected: file:1 (empty)', imported, [])).toBe('rejected: a.jpg (empty)');
  });

  it('a sentence about the second of two files of the same content names the second', () => {
    const imported = ['a.jpg', 'copy $& of a.jpg'].map((name) => ({ name, ref: 'file:1', reason: null }));
    const repeated = { ...accepted('file:1'), verdict: 'rejected', reasons: ['duplicate'] } as const;
    const verdicts = [accepted('file:1'), { ...repeated, reasons: [...repeated.reasons], twin: 'file:1' }];
    expect(withNames('rejected: file:1 (duplicate)', imported, verdicts)).toBe(
      'rejected: copy $& of a.jpg (duplicate)',
    );
    expect(namedVerdicts(imported, verdicts)[1]).toMatchObject({
      photo: 'copy $& of a.jpg',
      twin: 'a.jpg',
    });
  });
});
