import { z } from 'zod';

/** A list or an object: what is not JSON must not pass for an empty list, or a model would seem to be gone. */
export const anyJson = z.union([z.array(z.json()), z.record(z.string(), z.json())]);
/** https://api.tryitonai.com/api-reference/image/put-upload-image */
export const imageUrlSchema = z.object({ imageUrl: z.url({ protocol: /^https?$/ }) });
