import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runInThisContext } from 'node:vm';

/** Runs a model: one tensor in, all tensors out, in the model's order. */
export type RunModel = (input: Float32Array) => Promise<Float32Array[]>;

interface Tensor {
  toTypedArray(): Float32Array;
  delete(): void;
}

/** What is used of `@litertjs/core`. */
interface LiteRtPackage {
  loadLiteRt(wasmFolder: string): Promise<{
    loadAndCompile(
      model: Uint8Array,
      options: { accelerator: 'wasm' },
    ): Promise<{ run(input: Tensor): Promise<Tensor[]> }>;
  }>;
  Tensor: new (data: Float32Array, shape: readonly number[]) => Tensor;
}

/**
 * Loads a TFLite model into LiteRT.js. The package is written for browsers and promises nothing for Node, so its
 * version is pinned, and all that it needs of a browser is lent to it here, while it loads.
 */
export async function loadModel(model: Buffer, shape: readonly number[]): Promise<RunModel> {
  const liteRt = (await import('@litertjs/core')) as unknown as LiteRtPackage;
  const wasmFolder = path.join(
    path.dirname(createRequire(__filename).resolve('@litertjs/core/package.json')),
    'wasm',
  );
  const compiled = await asInBrowser(async () =>
    (await liteRt.loadLiteRt(wasmFolder)).loadAndCompile(new Uint8Array(model), { accelerator: 'wasm' }),
  );
  return async (input) => {
    const tensor = new liteRt.Tensor(input, shape);
    const outputs = await compiled.run(tensor);
    const values = outputs.map((output) => output.toTypedArray().slice());
    // Their memory is the WASM module's, which no garbage collector sees.
    for (const used of [tensor, ...outputs]) used.delete();
    return values;
  };
}

async function asInBrowser<T>(load: () => Promise<T>): Promise<T> {
  const lent: Record<string, unknown> = {
    self: globalThis,
    importScripts: runScript,
    // It prints what it finds of graphics cards, and that a navigator is missing.
    Module: { print: ignore, printErr: ignore },
    console: { ...console, warn: ignore, error: ignore, log: ignore },
  };
  const before = Object.keys(lent).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries(lent))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    return await load();
  } finally {
    for (const [name, descriptor] of before)
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
  }
}

function ignore(): void {
  // Nothing that it prints is about a photo.
}

/** What `importScripts` does in a browser's worker: the script leaves a factory behind. It is CommonJS in a package of modules. */
function runScript(file: string): void {
  const script = { exports: {} as unknown };
  const wrapped = `(function (module, exports, require, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`;
  const run = runInThisContext(wrapped, { filename: file }) as (...lent: unknown[]) => void;
  run(script, script.exports, createRequire(file), file, path.dirname(file));
  Reflect.set(globalThis, 'ModuleFactory', script.exports);
}
