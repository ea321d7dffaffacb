import type { PhotoRef, PhotoVerdict } from '../contract/photo';
import type { ImportedPhoto } from './import-photos';

/**
 * Verdicts under the names that the user knows. The workflow only ever heard of references, and a file that was not
 * taken over has its verdict from here. Two files of the same content share a reference, and each gets its line.
 */
export function namedVerdicts(
  imported: readonly ImportedPhoto[],
  verdicts: readonly PhotoVerdict[],
): PhotoVerdict[] {
  const left = [...verdicts];
  return imported.flatMap(({ name, ref, reason }): PhotoVerdict[] => {
    if (reason !== null) return [{ photo: name, verdict: 'rejected', reasons: [reason], output: null }];
    const at = left.findIndex(({ photo }) => photo === ref);
    const [verdict] = at === -1 ? [] : left.splice(at, 1);
    return verdict === undefined ? [] : [{ ...verdict, photo: name, twin: nameOf(verdict.twin, imported) }];
  });
}

/** The same for the sentences of a failure, which name photos by reference. */
export function withNames(text: string, imported: readonly ImportedPhoto[]): string {
  return imported.reduce((named, { name, ref }) => (ref === null ? named : named.replace(ref, name)), text);
}

function nameOf(ref: PhotoRef | undefined, imported: readonly ImportedPhoto[]): string | undefined {
  return imported.find((one) => one.ref === ref)?.name ?? ref;
}
