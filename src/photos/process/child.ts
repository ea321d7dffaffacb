import { errorMessage } from '../../error-facts';
import { examine } from '../examine';
import type { FaceDetector } from '../faces/face-detector';
import { mediapipeDetector } from '../faces/mediapipe';
import { recipeId } from '../recipe-id';
import { dieWithParent } from './die-with-parent';
import type { Answer, Order } from './messages';
import { readLocated } from './read-located';

/**
 * A photo process: reads and decodes one photo at a time for the process that started it. It may be killed at any
 * instant, and nothing that it does is lost but the photo in its hands.
 */
let opened: { bytes: Buffer; cpu: NodeJS.CpuUsage } | null = null;
let detector: Promise<FaceDetector | string> | null = null;

async function obey(message: Order): Promise<Answer> {
  if (message.order === 'open') {
    const cpu = process.cpuUsage();
    opened = null;
    const read = await readLocated(message.file);
    if ('rejected' in read) return { answer: 'not-opened', reason: read.rejected };
    if ('notRead' in read) return { answer: 'not-read', code: read.notRead };
    opened = { bytes: read.bytes, cpu };
    return { answer: 'opened', contentHash: read.contentHash };
  }
  if (opened === null) throw new Error('nothing was opened');
  const { bytes, cpu } = opened;
  opened = null;
  const faces = message.look.isLookingForFaces ? await loadedDetector() : null;
  const examined = await examine(bytes, {
    crop: message.look.crop,
    faces: typeof faces === 'string' ? null : faces,
  });
  const { user, system } = process.cpuUsage(cpu);
  const facesUnavailable = typeof faces === 'string' ? faces : null;
  const memoryBytes = process.memoryUsage.rss();
  return { answer: 'examined', examined, facesUnavailable, cpuMs: (user + system) / 1000, memoryBytes };
}

/** Loaded once, and only where faces are looked for: it takes 90 MB. The words say why there is none. */
function loadedDetector(): Promise<FaceDetector | string> {
  detector ??= mediapipeDetector().catch((error: unknown) => errorMessage(error));
  return detector;
}

function say(answer: Answer): void {
  process.send?.(answer);
}

// Ctrl-C in a terminal goes to the whole group, and a worker that finishes what is in hand needs its photos. It ends this
// process itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
dieWithParent();
process.on('message', (message: Order) => {
  obey(message).then(say, (error: unknown) => say({ answer: 'failed', words: errorMessage(error) }));
});
say({ answer: 'ready', recipe: recipeId() });
