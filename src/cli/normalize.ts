import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '../config';
import type { PhotoSummary } from '../contract/result';
import { DEFAULT_GATES, withGates, type Crop, type PhotoPolicy } from '../contract/gates';
import { APIFRAME_FACTS } from '../providers/apiframe-v1/facts';
import { photoPoolFrom } from '../worker-ports';
import { collectPhotos, type PhotoFile } from './collect-photos';
import { EXIT } from './exit-code';
import { InputError } from './input-error';
import { normalizeSet } from './normalize-set';
import { photoCounter } from './photo-counter';
import { gatesFrom } from './read-gates';
import { REPORT, resultsFolder, VERDICTS } from './results-folder';
import { stopSignal } from './stop-signal';
import { photoReport, summaryReport } from './training-report';

interface Options {
  out: string;
  gate: string[];
  crop: Crop;
  json?: true;
}

/** `darkroom normalize`: the pictures as a provider would get them, a verdict on each, and a page to look at. */
export async function normalize(places: string[], { out, gate, crop, json }: Options): Promise<void> {
  const config = readConfig();
  const gates = withGates(withGates(DEFAULT_GATES, config.photos.gates), gatesFrom(gate));
  const policy: PhotoPolicy = { gates, crop };
  const photos = await collectPhotos(places);
  const folder = await resultsFolder(out);
  await assertApart(out, photos);
  const pool = photoPoolFrom(config);
  const counter = photoCounter(process.stderr, photos.length);
  const signal = stopSignal();
  try {
    const { verdicts, pictures, description, report } = await normalizeSet(photos, {
      pool,
      policy,
      creditsPerPhoto: APIFRAME_FACTS.trainingCreditsPerPhoto,
      signal,
      onPhoto: (done) => counter.show(done),
    });
    counter.clear();
    const { advice, creditsSaved, notices } = description;
    const summary: PhotoSummary = { advice, creditsSaved, notices, report: path.join(out, REPORT) };
    const written = JSON.stringify({ photos: verdicts, ...summary }, null, 2);
    await folder.write(`${written}\n`, new Map<string, Buffer | string>([...pictures, [REPORT, report]]));
    const lines =
      json === true
        ? [written]
        : [
            ...photoReport(verdicts),
            ...summaryReport(summary),
            `  verdicts      ${path.join(out, VERDICTS)}`,
          ];
    process.stdout.write(`${lines.join('\n')}\n`);
    const isAnyGood = verdicts.some(({ verdict }) => verdict !== 'rejected');
    process.exitCode = isAnyGood ? EXIT.done : EXIT.badInput;
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    counter.clear();
    process.stderr.write('darkroom: stopped; nothing was written\n');
    process.exitCode = EXIT.stopped;
  } finally {
    counter.clear();
    await pool.close();
  }
}

/** Results carry the names of their inputs: in the same folder, or in the one that links lead to, they would replace the originals. */
async function assertApart(out: string, photos: readonly PhotoFile[]): Promise<void> {
  const target = await realpath(out);
  for (const { file } of photos) {
    const sources = [
      path.dirname(await realpath(file).catch(() => file)),
      await realpath(path.dirname(file)),
    ];
    if (sources.includes(target))
      throw new InputError(
        `--out ${out} is the folder of the photos; choose another, or they would be overwritten`,
      );
  }
}
