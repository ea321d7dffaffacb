import { smallPhotos } from '../small-photos';

export const PLAIN_KEY = 'plain';

async function call(
  baseUrl: string,
  path: string,
  body: unknown,
): Promise<{ task_id: string; status: string }> {
  const answer = await fetch(baseUrl + path, {
    method: 'POST',
    headers: { authorization: PLAIN_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()) as { task_id: string; status: string };
}

export async function upload(baseUrl: string): Promise<string> {
  const images = (await smallPhotos()).map((photo) => photo.toString('base64'));
  const { task_id: id } = await call(baseUrl, '/ai-photo-upload', {
    images,
    gender: 'female',
    ethnicity: 'white',
  });
  return id;
}

export async function submit(baseUrl: string, uploadId: string): Promise<string> {
  const { task_id: id } = await call(baseUrl, '/ai-photo-train', { training_images_id: uploadId });
  if (typeof id !== 'string') throw new Error('no id in the answer');
  return id;
}

export async function status(baseUrl: string, taskId: string): Promise<string> {
  return (await call(baseUrl, '/fetch', { task_id: taskId })).status;
}
