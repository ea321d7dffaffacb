import type { Sandbox } from '../../src/sandbox/server';
import { base64Images } from './images';

export const KEY = 'sandbox-key';

export interface Answer {
  status: number;
  json: unknown;
  headers: Headers;
}

/** One call as a client of the real API would make it; `body` null makes it a GET. */
export async function call(
  { url }: Sandbox,
  path: string,
  body: unknown,
  { authorization = KEY, signal = null }: { authorization?: string; signal?: AbortSignal | null } = {},
): Promise<Answer> {
  const answer = await fetch(url + path, {
    method: body === null ? 'GET' : 'POST',
    headers: { authorization, ...(body === null ? {} : { 'content-type': 'application/json' }) },
    body: body === null ? null : JSON.stringify(body),
    signal,
  });
  const text = await answer.text();
  return { status: answer.status, json: parsed(text), headers: answer.headers };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The body of a good upload. */
export async function uploadBody(changes: Record<string, unknown> = {}, count = 10) {
  return { images: await base64Images(count), gender: 'female', ethnicity: 'white', ...changes };
}

/** Uploads and gives the upload's task id. */
export async function upload(sandbox: Sandbox, count = 10): Promise<string> {
  return taskIdOf(await call(sandbox, '/ai-photo-upload', await uploadBody({}, count)));
}

export async function train(sandbox: Sandbox, uploadId: string): Promise<string> {
  return taskIdOf(await call(sandbox, '/ai-photo-train', { training_images_id: uploadId }));
}

export function fetchTask(sandbox: Sandbox, taskId: string): Promise<Answer> {
  return call(sandbox, '/fetch', { task_id: taskId });
}

function taskIdOf({ status, json }: Answer): string {
  if (status !== 200) throw new Error(`HTTP ${String(status)} ${JSON.stringify(json)}`);
  return (json as { task_id: string }).task_id;
}
