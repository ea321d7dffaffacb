import { isHeifError, libheif, type DecodedImage, type Libheif, type Pointer } from './libheif';

export interface HeicPixels {
  data: Buffer;
  width: number;
  height: number;
  channels: 3 | 4;
}

/**
 * The primary image of a HEIC file as 8-bit RGB, or RGBA where it is transparent. libheif has applied the file's own
 * turning and mirroring (`irot`, `imir`, ISO/IEC 23008-12 §6.5): the EXIF tag says the same once more and must not be
 * applied again. Colors are still in the file's profile. Blocks the thread: 0.6 s for 12 MP.
 *
 * @throws Error if the file breaks off or is damaged
 */
export function decodeHeic(bytes: Buffer): HeicPixels {
  const heif = libheif();
  const context = heif.heif_context_alloc();
  try {
    assertNoError(heif.heif_context_read_from_memory(context, bytes));
    const handle = heif.heif_js_context_get_primary_image_handle(context);
    if (isHeifError(handle)) throw new Error(handle.message);
    try {
      return decodeHandle(heif, handle);
    } finally {
      heif.heif_image_handle_release(handle);
    }
  } finally {
    heif.heif_context_free(context);
  }
}

function decodeHandle(heif: Libheif, handle: Pointer): HeicPixels {
  const channels = heif.heif_image_handle_has_alpha_channel(handle) === 0 ? 3 : 4;
  const { heif_chroma_interleaved_RGB, heif_chroma_interleaved_RGBA } = heif.heif_chroma;
  const decoded = heif.heif_js_decode_image2(
    handle,
    heif.heif_colorspace.heif_colorspace_RGB,
    channels === 3 ? heif_chroma_interleaved_RGB : heif_chroma_interleaved_RGBA,
  );
  if (isHeifError(decoded)) throw new Error(decoded.message);
  try {
    return packed(decoded, channels);
  } finally {
    heif.heif_image_release(decoded.image);
  }
}

/** Rows in the decoder's memory are longer than the picture is wide. */
function packed({ channels: planes }: DecodedImage, channels: 3 | 4): HeicPixels {
  const [plane] = planes;
  if (plane === undefined) throw new Error('no pixels');
  const { width, height, stride, data } = plane;
  const rowBytes = width * channels;
  const pixels = Buffer.allocUnsafe(rowBytes * height);
  for (let y = 0; y < height; y += 1)
    pixels.set(data.subarray(y * stride, y * stride + rowBytes), y * rowBytes);
  return { data: pixels, width, height, channels };
}

function assertNoError(answer: { code: { value: number }; message: string }): void {
  if (answer.code.value !== 0) throw new Error(answer.message);
}
