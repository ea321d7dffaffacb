import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '../config';
import { DEFAULT_GATES, withGates, type Crop, type PhotoPolicy } from '../contract/gates';
import { errorMessage } from '../error-facts';
import { APIFRAME_FACTS } from '../providers/apiframe-v1/facts';
import { photoPoolFrom } from '../worker-ports';
import { collectPhotos, type PhotoFile } from './collect-photos';
import { EXIT } from './exit-code';
import { InputError } from './input-error';
import { normalizeInto } from './normalize-into';
import { photoCounter } from './photo-counter';
import { gatesFrom } from './read-gates';
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
  await mkdir(out, { recursive: true }).catch((error: unknown) => {
    throw new InputError(
      `The folder ${out} cannot be made (${errorMessage(error)}); choose another with --out`,
    );
  });
  await assertApart(out, photos);
  const pool = photoPoolFrom(config);
  const counter = photoCounter(process.stderr, photos.length);
  try {
    const { verdicts, summary } = await normalizeInto(out, photos, {
      pool,
      policy,
      creditsPerPhoto: APIFRAME_FACTS.trainingCreditsPerPhoto,
      signal: stopSignal(),
      onPhoto: (done) => counter.show(done),
    });
    counter.clear();
    const file = path.join(out, 'verdicts.json');
    const written = JSON.stringify({ photos: verdicts, ...summary }, null, 2);
    await writeFile(file, `${written}\n`);
    const lines =
      json === true
        ? [written]
        : [...photoReport(verdicts), ...summaryReport(summary), `  verdicts      ${file}`];
    process.stdout.write(`${lines.join('\n')}\n`);
    const isAnyGood = verdicts.some(({ verdict }) => verdict !== 'rejected');
    process.exitCode = isAnyGood ? EXIT.done : EXIT.badInput;
  } finally {
    counter.clear();
    await pool.close();
  }
}

/** Results carry the names of their inputs: in the same folder they would replace the originals. */
async function assertApart(out: string, photos: readonly PhotoFile[]): Promise<void> {
  const target = await realpath(out);
  for (const { file } of photos) {
    const source = await realpath(path.dirname(file));
    if (source === target)
      throw new InputError(
        `--out ${out} is the folder of the photos; choose another, or they would be overwritten`,
      );
  }
}
