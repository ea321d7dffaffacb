import { createHash } from 'node:crypto';
import type { Storage } from '../storage/port';

/** Whose a training of the provider is: adopting the one of somebody else would hand out a stranger's model. */
export interface ProviderTraining {
  provider: string;
  account: string;
  trainingId: string;
}

/** @returns the id of the request that owns the training, which is `id` if nobody did before */
export async function ownerOf(storage: Storage, training: ProviderTraining, id: string): Promise<string> {
  const { provider, account, trainingId } = training;
  const hash = createHash('sha256')
    .update(JSON.stringify([provider, account, trainingId]))
    .digest('hex');
  const key = `trainings/${hash}.json`;
  if ((await storage.create(key, Buffer.from(JSON.stringify({ id })))) === 'created') return id;
  const known = JSON.parse((await storage.get(key))?.toString() ?? 'null') as { id?: unknown } | null;
  return typeof known?.id === 'string' ? known.id : id;
}
