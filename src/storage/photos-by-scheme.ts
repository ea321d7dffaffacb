import type { PhotoSource } from './photo-source';

/** One source of photos out of several, by what a reference begins with. */
export function photosByScheme(sources: Readonly<Record<string, PhotoSource>>): PhotoSource {
  return {
    async locate(ref, maxBytes, signal) {
      const source = sources[ref.slice(0, ref.indexOf(':') + 1)];
      return source === undefined ? { rejected: 'not-found' } : source.locate(ref, maxBytes, signal);
    },
  };
}
