import { Trainings } from './trainings.mjs';
import { CallTimes } from './call-times.mjs';
import { Webhooks } from './webhooks.mjs';

/** @typedef {import('./trainings.mjs').Training} Training */
/** @typedef {{ method: string, path: string, query: URLSearchParams, body: Record<string, any> }} Call */
/** @typedef {{ status: number, json: unknown }} Answer */
/** What becomes of a submission, which is recorded in each case: answered, never answered, or its socket cut. */
/** @typedef {'ok' | 'hang' | 'reset'} Mode */

const FIRST_DELIVERY_MS = 50;
const STARTING_CREDITS = 10_000_000;
const UPLOAD_CREDITS = 2;
const CREDITS_PER_IMAGE = 4;

/**
 * The plain calls that the peers make, and those of APIFRAME's v1 API that mean the same, over one ledger.
 *
 * @param {{ trainMs: number, spreadMs: number }} pace
 */
export function providerRoutes({ trainMs, spreadMs }) {
  const trainings = new Trainings(trainMs, spreadMs);
  const calls = new CallTimes();
  const webhooks = new Webhooks();
  /** @type {Map<string, { images: number }>} */
  const uploads = new Map();
  /** @type {Mode} */
  let mode = 'ok';
  let credits = STARTING_CREDITS;

  /** @type {Record<string, (call: Call, nowMs: number) => Answer | 'hang' | 'reset'>} */
  const routes = {
    'POST /submit': (_call, nowMs) => submitted({ id: trainings.submit(nowMs).id }),
    'GET /fetch': ({ query }, nowMs) => found(trainings.look(query.get('id') ?? '', nowMs), nowMs),

    'POST /ai-photo-upload': ({ body }) => {
      const id = `u${uploads.size + 1}`;
      uploads.set(id, { images: Array.isArray(body['images']) ? body['images'].length : 0 });
      credits -= UPLOAD_CREDITS;
      return ok({ task_id: id });
    },
    'POST /ai-photo-train': ({ body }, nowMs) => {
      const upload = uploads.get(String(body['training_images_id']));
      if (upload === undefined) return refused('training_images_id is not known');
      const training = trainings.submit(nowMs);
      credits -= CREDITS_PER_IMAGE * upload.images;
      if (typeof body['webhook_url'] === 'string') {
        const target = { url: body['webhook_url'], secret: body['webhook_secret'] ?? null };
        for (const afterMs of [FIRST_DELIVERY_MS, training.endsAtMs - nowMs + 1])
          void webhooks.later(target, afterMs, () => taskOf(training, Date.now()));
      }
      return submitted({ task_id: training.id });
    },
    'POST /fetch': ({ body }, nowMs) => {
      const id = String(body['task_id']);
      return uploads.has(id) ? ok(uploadTask(id)) : found(trainings.look(id, nowMs), nowMs);
    },
    'POST /fetch-many': ({ body }, nowMs) => {
      const ids = body['task_ids'];
      if (!Array.isArray(ids) || ids.length < 2 || ids.length > 20) return refused('task_ids: 2 to 20');
      const known = ids.flatMap((id) => trainings.look(String(id), nowMs) ?? []);
      return ok({ tasks: known.map((training) => taskOf(training, nowMs)) });
    },
    'GET /account': () => ok({ email: 'bench@example.invalid', credits, total_images: 0, plan: 'bench' }),
  };

  /** @type {Record<string, (call: Call) => Answer>} */
  const control = {
    'PUT /control/mode': ({ query }) => {
      mode = /** @type {Mode} */ (query.get('mode'));
      return ok({ mode });
    },
    'GET /control/progress': () => ok(trainings.progress()),
    'GET /control/submissions': () => ok(trainings.submissions()),
    'GET /control/window': ({ query }) => {
      const [fromMs, toMs] = [Number(query.get('fromMs')), Number(query.get('toMs'))];
      const mostInASecond = calls.mostInASecond(fromMs, toMs);
      return ok({ calls: calls.counts(fromMs, toMs), mostInASecond, gaps: trainings.gaps(fromMs, toMs) });
    },
    'GET /control/unseen': ({ query }) => ok(trainings.unseenSince(Number(query.get('sinceMs')))),
    'GET /control/lateness': () => ok({ ...trainings.lateness(), webhooks: webhooks.counts }),
  };

  /** @param {Record<string, unknown>} json */
  function submitted(json) {
    return mode === 'ok' ? ok(json) : mode;
  }

  return {
    /**
     * @param {Call} call
     * @returns {Answer | 'hang' | 'reset'}
     */
    answer(call) {
      const nowMs = Date.now();
      const name = `${call.method} ${call.path}`;
      const controlled = control[name];
      if (controlled !== undefined) return controlled(call);
      const route = routes[name];
      if (route === undefined) return { status: 404, json: {} };
      calls.add(name, nowMs);
      return route(call, nowMs);
    },
  };
}

/**
 * @param {unknown} json
 * @returns {Answer}
 */
function ok(json) {
  return { status: 200, json };
}

/**
 * @param {string} msg
 * @returns {Answer}
 */
function refused(msg) {
  return { status: 400, json: { errors: [{ msg }] } };
}

/**
 * @param {Training | null} training
 * @param {number} nowMs
 * @returns {Answer}
 */
function found(training, nowMs) {
  if (training === null) return { status: 404, json: { errors: [{ msg: 'Task not found' }] } };
  return ok(taskOf(training, nowMs));
}

/**
 * The percentage is a string while it runs and a number at the end, as https://docs.apiframe.ai/ai-photos/train shows it.
 *
 * @param {Training} training
 * @param {number} nowMs
 */
function taskOf({ id, atMs, endsAtMs }, nowMs) {
  if (nowMs >= endsAtMs)
    return {
      task_id: id,
      status: 'finished',
      message: 'Training finished, you can generate photos now!',
      percentage: 100,
      trigger_word: 'TOKIKD',
    };
  const percentage = String(Math.floor((100 * (nowMs - atMs)) / (endsAtMs - atMs)));
  return { task_id: id, status: 'processing', message: 'Training is in progress', percentage };
}

/** @param {string} id */
function uploadTask(id) {
  return {
    task_id: id,
    status: 'finished',
    message: 'Images are ready for training',
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
  };
}
