import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { MAX_PHOTOS_PER_REQUEST } from '../../contract/photo-limits';
import { PHOTO_REASONS } from '../../contract/photo';
import type { PhotoShelf } from '../../storage/photo-shelf';
import { StorageError } from '../../storage/port';
import { errorMessage } from '../../error-facts';
import { ProblemError } from './problem';
import { problems } from './problem-responses';

const photoSetSchema = z.object({
  photos: z.array(z.string()).describe('References, to be put into `photos` of a request as they are.'),
  refused: z.array(z.object({ name: z.string(), reason: z.enum(PHOTO_REASONS) })),
});

/** A hundred camera pictures over a slow line. */
const UPLOAD_LIMIT_MS = 15 * 60_000;
/** A hundred pictures of a camera, with room. */
const MAX_SET_BYTES = 1024 ** 3;
/** Each writes to the disk as fast as it may. */
const MOST_AT_ONCE = 8;

/** `POST /v1/photo-sets`: photos go straight to where the workers read them, and are looked at when a training asks for them. */
export async function addPhotoSets(
  app: FastifyInstance,
  { shelf, maxPhotoBytes }: { shelf: PhotoShelf; maxPhotoBytes: number },
): Promise<void> {
  await app.register(multipart, {
    limits: {
      fileSize: maxPhotoBytes + 1,
      files: MAX_PHOTOS_PER_REQUEST,
      fields: 0,
      parts: MAX_PHOTOS_PER_REQUEST,
    },
  });
  let underWay = 0;
  app.withTypeProvider<ZodTypeProvider>().post(
    '/photo-sets',
    {
      config: { scope: 'start', bodyTimeMs: UPLOAD_LIMIT_MS },
      schema: {
        summary: 'Hand in photos',
        description: `Up to ${MAX_PHOTOS_PER_REQUEST} files of at most ${maxPhotoBytes / 1024 ** 2} MiB each, in any field of a multipart/form-data body. They are named by their content: handing one in twice is the same photo.`,
        tags: ['photos'],
        consumes: ['multipart/form-data'],
        response: {
          201: photoSetSchema,
          ...problems('too-large', 'wrong-type', 'photo-refused', 'store-away'),
        },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart())
        throw new ProblemError('wrong-type', 'Send multipart/form-data with a part for each photo');
      assertSize(request);
      if (underWay >= MOST_AT_ONCE)
        throw new ProblemError('too-many', 'Too many photo sets are handed in right now');
      underWay += 1;
      try {
        const set = await takeAll(request, shelf, maxPhotoBytes).catch((error: unknown) => {
          throw brokenForm(error);
        });
        if (set.photos.length === 0) throw noneTaken(set);
        return await reply.code(201).send(set);
      } finally {
        underWay -= 1;
      }
    },
  );
}

type PhotoSet = z.infer<typeof photoSetSchema>;

/** Known before a byte is read, or what is too much of one photo would have to pass to its end, whatever that is. */
function assertSize({ headers }: FastifyRequest): void {
  const bytes = Number(headers['content-length'] ?? NaN);
  if (bytes <= MAX_SET_BYTES) return;
  const most = `a photo set may have ${MAX_SET_BYTES / 1024 ** 2} MiB`;
  throw Number.isNaN(bytes)
    ? new ProblemError('invalid-request', `Send a Content-Length: ${most}`)
    : new ProblemError('too-large', `${bytes} bytes are announced, and ${most}`);
}

async function takeAll(request: FastifyRequest, shelf: PhotoShelf, maxBytes: number): Promise<PhotoSet> {
  const set: PhotoSet = { photos: [], refused: [] };
  for await (const { file, filename } of request.files()) {
    const taken = await shelf.take(file, maxBytes);
    file.resume(); // what was too much of it has to pass before the next one comes
    if ('ref' in taken) set.photos.push(taken.ref);
    else set.refused.push({ name: filename, reason: taken.rejected });
  }
  return set;
}

/** Those of the plugin have a status, and the store's are its own; what is left is said of a form that breaks off or is none. */
function brokenForm(error: unknown): unknown {
  if (error instanceof StorageError || (typeof error === 'object' && error !== null && 'statusCode' in error))
    return error;
  return new ProblemError('invalid-request', `The form is broken: ${errorMessage(error)}`);
}

function noneTaken({ refused }: PhotoSet): ProblemError {
  if (refused.length === 0) return new ProblemError('invalid-request', 'There is no file in it');
  const at = refused.map(({ name, reason }) => ({ path: name, message: reason }));
  return new ProblemError('photo-refused', 'None of the files was taken over', at);
}
