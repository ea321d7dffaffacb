import type { PhotoReason, PhotoRef, PhotoVerdict } from '../contract/photo';
import type { ImportedPhoto } from './import-photos';

/**
 * What is said of photos, under the names that the user knows. The workflow only ever heard of references, and of a file
 * that was not taken over nothing is said but what `refused` says. Two files of the same content share a reference, and
 * each gets its own.
 */
export function named<V extends { photo: PhotoRef; twin?: PhotoRef | undefined }>(
  imported: readonly ImportedPhoto[],
  said: readonly V[],
  refused: (name: string, reason: PhotoReason) => V,
): V[] {
  const left = [...said];
  return imported.flatMap(({ name, ref, reason }): V[] => {
    if (reason !== null) return [refused(name, reason)];
    const at = left.findIndex(({ photo }) => photo === ref);
    const [one] = at === -1 ? [] : left.splice(at, 1);
    return one === undefined ? [] : [{ ...one, photo: name, twin: nameOf(one.twin, imported) }];
  });
}

export function namedVerdicts(
  imported: readonly ImportedPhoto[],
  verdicts: readonly PhotoVerdict[],
): PhotoVerdict[] {
  return named(imported, verdicts, (photo, reason) => ({
    photo,
    verdict: 'rejected',
    reasons: [reason],
    output: null,
  }));
}

/**
 * The same for the sentence of a failure, which names rejected photos by reference and in their order. Of two files
 * that share one, it may mean the second alone.
 */
export function withNames(
  text: string,
  imported: readonly ImportedPhoto[],
  verdicts: readonly PhotoVerdict[],
): string {
  const rejected = new Set(
    namedVerdicts(imported, verdicts).flatMap(({ photo, verdict }) =>
      verdict === 'rejected' ? [photo] : [],
    ),
  );
  const rejectedFirst = [...imported].sort(
    (a, b) => Number(rejected.has(b.name)) - Number(rejected.has(a.name)),
  );
  return rejectedFirst.reduce(
    (sentence, { name, ref }) => (ref === null ? sentence : sentence.replace(ref, () => name)),
    text,
  );
}

function nameOf(ref: PhotoRef | undefined, imported: readonly ImportedPhoto[]): string | undefined {
  return ref === undefined ? undefined : (imported.find((one) => one.ref === ref)?.name ?? ref);
}
