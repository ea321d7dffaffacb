import path from 'node:path';

/** `a.png` and `a.jpg` would both become `a.jpg`; the second one becomes `a-2.jpg`. */
export function freeNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const { name: stem } = path.parse(name);
    for (let n = 1; ; n += 1) {
      const candidate = `${stem}${n === 1 ? '' : `-${n}`}.jpg`;
      if (taken.has(candidate.toLowerCase())) continue;
      taken.add(candidate.toLowerCase());
      return candidate;
    }
  };
}
