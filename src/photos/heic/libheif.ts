import { createRequire } from 'node:module';
import { packageVersion } from '../package-version';

/** Something in the memory of the WASM module, which no garbage collector sees: each has to be released. */
export interface Pointer {
  readonly pointer: unique symbol;
}

interface HeifError {
  /** 0: all is well. */
  code: { value: number };
  message: string;
}

/** What is used of libheif's C API, as the package exports it. Constants are opaque. */
export interface Libheif {
  heif_context_alloc(): Pointer;
  heif_context_free(context: Pointer): void;
  heif_context_read_from_memory(context: Pointer, bytes: Uint8Array): HeifError;
  heif_js_context_get_primary_image_handle(context: Pointer): Pointer | HeifError;
  heif_image_handle_has_alpha_channel(handle: Pointer): number;
  heif_image_handle_release(handle: Pointer): void;
  heif_js_decode_image2(handle: Pointer, colorspace: unknown, chroma: unknown): DecodedImage | HeifError;
  heif_image_release(image: Pointer): void;
  heif_colorspace: { heif_colorspace_RGB: unknown };
  heif_chroma: { heif_chroma_interleaved_RGB: unknown; heif_chroma_interleaved_RGBA: unknown };
}

export interface DecodedImage {
  image: Pointer;
  channels: { width: number; height: number; stride: number; data: Uint8Array }[];
}

const PACKAGE = 'libheif-js';
let loaded: Libheif | null = null;

/** LGPL-3.0, so it stays a package of its own that may be replaced or left out. Null where it was left out. */
export function heicVersion(): string | null {
  return packageVersion(PACKAGE);
}

/** Costs 130 ms and 25 MB, so it is loaded with the first HEIC and not before. The entry is the WASM build: asm.js is half as fast. */
export function libheif(): Libheif {
  loaded ??= createRequire(__filename)(`${PACKAGE}/wasm-bundle.js`) as Libheif;
  return loaded;
}

export function isHeifError(answer: object): answer is HeifError {
  return 'code' in answer;
}
