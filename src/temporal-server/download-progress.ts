import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Often enough to show that it moves, seldom enough for a CI log. */
const REPORT_MS = 2_000;

/** Says every 2 s how many bytes lie under `folder`, when that has changed. Returns the function that stops it. */
export function reportProgress(folder: string, onStep: (line: string) => void): () => void {
  let lastMegabytes = 0;
  let stopped = false;
  const timer = setInterval(() => {
    void bytesUnder(folder).then((bytes) => {
      const megabytes = Math.round(bytes / 1e6);
      if (stopped || megabytes === lastMegabytes) return;
      lastMegabytes = megabytes;
      onStep(`  ${megabytes} MB so far`);
    });
  }, REPORT_MS);
  timer.unref();
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

/** Files come and go while the download runs, so whatever has vanished counts as 0. */
async function bytesUnder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(path.join(entry.parentPath, entry.name)).then(
        (info) => info.size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
