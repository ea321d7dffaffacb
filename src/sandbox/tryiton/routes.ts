import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { TRYITON_BODIES } from '../../contract/tryiton-words';
import { imageProblem } from '../check-images';
import type { Ledger } from '../ledger';
import { BadRequest, parseBody, type SandboxPace } from '../provider-routes';
import type { BoughtModel } from './model-ledger';
import { SANDBOX_TRYITON_SHAPE as SHAPE } from './shape';

/** A picture of one white pixel: what the results of a training are made of here. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
);
const IMAGES_PER_STYLE = 2;

const uploadSchema = z.object({ base64: z.string(), type: z.enum(['png', 'jpg', 'jpeg']) });
const trainSchema = z.object({
  [SHAPE.modelIdField]: z.union([z.string(), z.number()]).transform(String),
  [SHAPE.bodyField]: z.enum(TRYITON_BODIES),
  styles: z.array(z.string()).min(1),
  customizations: z.string(),
  imageUrls: z.array(z.string()).min(1),
});

/**
 * The documented calls of TryItOn, and two undocumented reads under names of our own. A model that was trained disappears
 * from the list when its images exist, as documented.
 */
export function addTryitonRoutes(
  app: FastifyInstance,
  { ledger, pace, url }: { ledger: Ledger; pace: SandboxPace; url: () => string },
): void {
  const uploaded = new Map<string, number>();

  app.put('/upload-image', { config: { endpoint: 'tryiton-upload' } }, ({ body }) => {
    const { base64 } = parseBody(uploadSchema, body);
    const problem = imageProblem(base64, 0);
    if (problem !== null) throw new BadRequest(problem);
    const imageUrl = `${url()}/tryiton/images/${randomUUID()}.jpg`;
    uploaded.set(imageUrl, Date.now() + pace.uploadTtlMs);
    ledger.changeTryiton((state) => (state.uploads += 1));
    return { imageUrl };
  });

  app.post('/train-model', { config: { endpoint: 'tryiton-train' } }, ({ body, fault }, reply) => {
    const given = parseBody(trainSchema, body) as Record<string, unknown> & z.infer<typeof trainSchema>;
    const { styles, imageUrls } = given as { styles: string[]; imageUrls: string[] };
    const nowMs = Date.now();
    const model = find(String(given[SHAPE.modelIdField]));
    if (model === null) return reply.code(404).send({ message: 'Model not found' });
    if (model.trainings.length > 0) throw new BadRequest('The model has been trained already');
    const isExpired = imageUrls.some((one) => nowMs > (uploaded.get(one) ?? 0));
    if (isExpired || fault?.kind === 'expired') throw new BadRequest('An image has expired');
    ledger.changeTryiton(() =>
      model.trainings.push({ atMs: nowMs, images: imageUrls.length, styles: styles.length }),
    );
    return { message: 'Training has begun' };
  });

  app.get(SHAPE.modelsPath, { config: { endpoint: 'tryiton-models' } }, ({ fault }) =>
    ledger.state.tryiton.models
      .filter((model) => fault?.kind !== 'forgotten' && !hasResults(model))
      .map((model) => ({
        [SHAPE.modelsIdField]: Number(model.id),
        is_used: model.trainings.length > 0,
        is_trained: isTrained(model),
        email_sent: false,
      })),
  );

  app.get<{ Params: { modelId: string } }>(
    SHAPE.resultsPath.replace('{modelId}', ':modelId'),
    { config: { endpoint: 'tryiton-results' } },
    ({ params: { modelId } }, reply: FastifyReply) => {
      const model = find(modelId);
      if (model === null || !hasResults(model)) return reply.code(404).send({ message: 'No results' });
      const count = (model.trainings[0]?.styles ?? 0) * IMAGES_PER_STYLE;
      return {
        images: Array.from({ length: count }, (_, n) => ({
          [SHAPE.resultsUrlField]: `${url()}/sandbox/results/${modelId}-${n + 1}.png`,
        })),
      };
    },
  );

  function find(id: string): BoughtModel | null {
    return ledger.state.tryiton.models.find((model) => model.id === id) ?? null;
  }

  function isTrained({ trainings }: BoughtModel): boolean {
    return trainings.some(({ atMs }) => Date.now() >= atMs + pace.trainMs);
  }

  /** The images take a tenth of the training's time more, so that "trained" can be seen without them. */
  function hasResults({ trainings }: BoughtModel): boolean {
    return trainings.some(({ atMs }) => Date.now() >= atMs + pace.trainMs * 1.1);
  }
}

/** What needs no key: the result pictures, and buying models, which the real one does in its web studio. */
export function addTryitonShop(app: FastifyInstance, ledger: Ledger): void {
  app.get('/sandbox/results/:name', (_request, reply) => reply.type('image/png').send(PIXEL));
  app.post('/sandbox/models', ({ body }) => {
    const { count } = parseBody(z.strictObject({ count: z.int().min(1).max(10_000).default(1) }), body ?? {});
    const last = Math.max(100, ...ledger.state.tryiton.models.map(({ id }) => Number(id)));
    const ids = Array.from({ length: count }, (_, n) => String(last + 1 + n));
    ledger.changeTryiton(({ models }) => models.push(...ids.map((id) => ({ id, trainings: [] }))));
    return { ids };
  });
}
