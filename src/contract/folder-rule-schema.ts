import { z } from 'zod';
import { trainRequestSchema } from './request-schema';

const [apiframeSchema] = trainRequestSchema.options;

/** `FolderRule`. Only of APIFRAME: at TryItOn each training uses up a model that was bought for it. */
export const folderRuleSchema = z.strictObject({
  under: z
    .string()
    .max(1000)
    .regex(
      /^(file:[^\x00-\x1f\x7f]*|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[^\x00-\x1f\x7f]*)?)$/,
      'must be a place such as file:people below the photos folder of the workers, or s3://bucket/people',
    ),
  request: apiframeSchema.omit({ subject: true, photos: true, adopt: true }),
});
