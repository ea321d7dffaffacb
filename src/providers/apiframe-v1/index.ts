import type { z } from 'zod';
import { requestTo, type TrainRequest } from '../../contract/request';
import { send, type HttpResult } from '../http';
import { keptConnections, type RepeatableCall } from '../kept-connections';
import type { Provider } from '../port';
import { balanceEvidence } from './balance-evidence';
import { APIFRAME_FACTS } from './facts';
import { readAnswer } from '../read-answer';
import { submissionOutcome } from '../submission-outcome';
import { GLANCE_TIMEOUT_MS, READ_TIMEOUT_MS } from '../patience';
import { trainingVerdict, uploadVerdict } from './verdicts';
import { glimpseOf } from './glimpse';
import { READER, accountSchema, submittedSchema, taskSchema, tasksSchema } from './wire';

export interface ApiframeAccess {
  baseUrl: string;
  apiKey: string;
  /** Their documentation shows the bare key, their SDK sends `Bearer`. */
  auth: 'raw' | 'bearer';
  /** How long the paid call may take. */
  submitTimeoutMs: number;
}

const TITLE = APIFRAME_FACTS.title;

/** Some MB of base64 on a slow line. */
const UPLOAD_TIMEOUT_MS = 300_000;

/** What a 404 means is documented nowhere. It ends no wait: a task that was forgotten may have been finished. */
const NOT_KNOWN = `${TITLE} does not know the training (any more)`;
/** https://docs.apiframe.ai/api-endpoints/fetch-many: 2 to 20 ids. */
const FETCH_MANY_SIZE = 20;
/** No list call is documented, and no reference of ours travels with a submission. */
const NO_LIST = 'it has no way to look a submission up';

/** APIFRAME's v1 API. An upload is itself a task that is polled, and that expires. */
export function apiframeV1(access: ApiframeAccess): Provider {
  const requestOf = (
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    timeoutMs: number,
    signal: AbortSignal | null,
  ): RepeatableCall => ({
    method,
    url: access.baseUrl.replace(/\/+$/, '') + path,
    headers: { authorization: access.auth === 'bearer' ? `Bearer ${access.apiKey}` : access.apiKey },
    body,
    secret: access.apiKey,
    timeoutMs,
    signal,
  });
  const call = (...request: Parameters<typeof requestOf>) => send(requestOf(...request));
  const sendKept = keptConnections();
  const glanceAt = (path: string, body: unknown, signal: AbortSignal) =>
    sendKept(requestOf('POST', path, body, GLANCE_TIMEOUT_MS, signal));
  const account = async (signal: AbortSignal) =>
    read(accountSchema, await call('GET', '/account', null, READ_TIMEOUT_MS, signal));
  const fetchTask = (taskId: string, signal: AbortSignal) =>
    call('POST', '/fetch', { task_id: taskId }, READ_TIMEOUT_MS, signal);

  return {
    name: 'apiframe',
    title: TITLE,
    facts: APIFRAME_FACTS,

    resource: () => null,
    admit: () => Promise.resolve(null),
    async upload(images, request, signal) {
      const answer = await call(
        'POST',
        '/ai-photo-upload',
        uploadBody(images, request),
        UPLOAD_TIMEOUT_MS,
        signal,
      );
      return { uploadId: read(submittedSchema, answer).task_id };
    },
    async checkUpload(uploadId, signal) {
      const answer = await fetchTask(uploadId, signal);
      if (answer.kind === 'answer' && answer.status === 404) return { verdict: 'gone' };
      return uploadVerdict(read(taskSchema, answer));
    },
    async submit({ uploadId, request, webhook, onWritten }) {
      const { triggerWord } = requestTo('apiframe', request).options;
      const body = {
        training_images_id: uploadId,
        ...(triggerWord === undefined ? {} : { trigger_word: triggerWord }),
        ...(webhook === null ? {} : { webhook_url: webhook.url, webhook_secret: webhook.secret }),
      };
      const paid = requestOf('POST', '/ai-photo-train', body, access.submitTimeoutMs, null);
      return submissionOutcome(await send({ ...paid, ...(onWritten && { onWritten }) }), READER);
    },
    async check(trainingId, signal) {
      const answer = await fetchTask(trainingId, signal);
      if (answer.kind === 'answer' && answer.status === 404) return { verdict: 'gone', words: NOT_KNOWN };
      return trainingVerdict(read(taskSchema, answer));
    },
    glanceSize: FETCH_MANY_SIZE,
    async glance(trainingIds, signal) {
      const [only = ''] = trainingIds;
      if (trainingIds.length < 2) {
        const answer = await glanceAt('/fetch', { task_id: only }, signal);
        if (answer.kind === 'answer' && answer.status === 404) return new Map();
        return new Map([[only, glimpseOf(read(taskSchema, answer))]]);
      }
      const answer = await glanceAt('/fetch-many', { task_ids: trainingIds }, signal);
      if (answer.kind === 'answer' && isNotSupported(answer.status)) return 'unsupported';
      const { tasks } = read(tasksSchema, answer);
      return new Map(tasks.flatMap((task) => (task === null ? [] : [[task.task_id, glimpseOf(task)]])));
    },
    async lookUp({ expectedCredits, creditsBefore }, signal) {
      if (creditsBefore === null) return { verdict: 'no-proof', words: NO_LIST };
      return balanceEvidence(creditsBefore, (await account(signal)).credits, expectedCredits);
    },
    results: () => Promise.resolve([]),
    balance: account,
    async probe(signal) {
      return { words: `${(await account(signal)).credits} credits left` };
    },
  };
}

/** Bare base64: no document says that a `data:` prefix is taken. */
function uploadBody(images: readonly Buffer[], request: TrainRequest): Record<string, unknown> {
  const { gender, ethnicity, age } = requestTo('apiframe', request).options;
  return {
    images: images.map((image) => image.toString('base64')),
    gender,
    ethnicity,
    ...(age === undefined ? {} : { age }),
  };
}

/** Documented for another family of tasks than trainings: refused in any of these ways, it is not there for ours. */
function isNotSupported(status: number): boolean {
  return [400, 404, 405, 501].includes(status);
}

function read<T>(schema: z.ZodType<T>, result: HttpResult): T {
  return readAnswer(schema, result, { ...READER, title: TITLE });
}
