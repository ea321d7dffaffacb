import type { Submission, Upload } from './ledger';

/**
 * Bodies of `POST /fetch` as documented, quirks included: a running upload names no task, a running training tells
 * its percentage as a string, a finished one as a number.
 * https://docs.apiframe.ai/ai-photos/upload-and-prepare, https://docs.apiframe.ai/ai-photos/train
 */
export function uploadAnswer(upload: Upload, nowMs: number): Record<string, unknown> {
  if (nowMs < upload.readyAtMs) return { status: 'processing', message: 'Images are being prepared' };
  if (upload.fails)
    return { task_id: upload.taskId, status: 'failed', message: 'Upload failed in the sandbox, as scripted' };
  return {
    task_id: upload.taskId,
    status: 'finished',
    message: 'Images are ready for training',
    expires_at: new Date(upload.expiresAtMs).toISOString(),
  };
}

/** @param look how many times it was asked for, this time included */
export function trainingAnswer(submission: Submission, nowMs: number, look: number): Record<string, unknown> {
  const { taskId, atMs, finishedAtMs, fails, retries = false, triggerWord } = submission;
  if (retries && look === 1)
    return { task_id: taskId, status: 'failed', message: 'Training failed in the sandbox, for now' };
  if (retries && look === 2)
    return { task_id: taskId, status: 'retrying', message: 'Training is queued again' };
  const share = Math.min((nowMs - atMs) / Math.max(finishedAtMs - atMs, 1), 1);
  if (fails && share >= 0.5)
    return { task_id: taskId, status: 'failed', message: 'Training failed in the sandbox, as scripted' };
  if (share >= 1) {
    return {
      task_id: taskId,
      status: 'finished',
      message: 'Training finished, you can generate photos now!',
      percentage: 100,
      trigger_word: triggerWord,
    };
  }
  const status = share < 0.05 ? 'starting' : 'processing';
  return {
    task_id: taskId,
    message: 'Training is in progress',
    status,
    percentage: String(Math.floor(share * 100)),
  };
}

/** Progress that falls, as after a restart of the training: a third of what it was. */
export function withLowerPercentage(answer: Record<string, unknown>): Record<string, unknown> {
  if (typeof answer['percentage'] !== 'string') return answer;
  return { ...answer, percentage: String(Math.floor(Number(answer['percentage']) / 3)) };
}
