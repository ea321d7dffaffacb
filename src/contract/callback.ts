import type { z } from 'zod';
import type { callbackSchema } from './callback-schema';

/** What is posted to `callback.url` of a request. */
export type Callback = z.infer<typeof callbackSchema>;
