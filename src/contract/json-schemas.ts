import { z } from 'zod';
import { callbackSchema } from './callback-schema';
import { trainRequestSchema } from './request-schema';
import { trainResultSchema } from './result-schema';
import { trainStatusSchema } from './status-schema';

/** JSON Schema (2020-12) of the contract by file name, written to `dist/schema` by the build for other languages. */
export function contractSchemas(): Record<string, unknown> {
  return {
    'train-request': z.toJSONSchema(trainRequestSchema),
    'train-result': z.toJSONSchema(trainResultSchema),
    'train-callback': z.toJSONSchema(callbackSchema),
    'train-status': z.toJSONSchema(trainStatusSchema),
  };
}
