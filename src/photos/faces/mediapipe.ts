import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { THRESHOLDS } from '../gates/thresholds';
import { packageVersion } from '../package-version';
import { bestBoxes } from './best-boxes';
import type { Face, FaceDetector } from './face-detector';
import { letterbox } from './letterbox';
import { loadModel } from './litert';

/** The model's own size of input, and its grid of cells; each cell says how sure it is and where the box lies. */
const INPUT_SIDE = 192;
const GRID_SIDE = 48;
const VALUES_PER_CELL = 16;

/** Boxes of one face overlap by more than this share of what they cover together. */
const MAX_OVERLAP = 0.3;

const MODEL_PACKAGE = '@mediapipe/face_detection';
const RUNTIME_PACKAGE = '@litertjs/core';

/** For storage keys: another model sees other faces. Null where one of the two packages was left out. */
export function faceDetectorVersion(): string | null {
  const model = packageVersion(MODEL_PACKAGE);
  const runtime = packageVersion(RUNTIME_PACKAGE);
  return model === null || runtime === null ? null : `${model}-${runtime}`;
}

/**
 * MediaPipe's full-range face detection (Apache-2.0), whose model ships in its npm package, on LiteRT's WASM build.
 * Takes 0.3 s and 90 MB to load, then about 12 ms a picture.
 *
 * @throws where a package is missing or does not run here
 */
export async function mediapipeDetector(): Promise<FaceDetector> {
  const folder = path.dirname(createRequire(__filename).resolve(`${MODEL_PACKAGE}/package.json`));
  const run = await loadModel(await readFile(path.join(folder, 'face_detection_full_range.tflite')), [
    1,
    INPUT_SIDE,
    INPUT_SIDE,
    3,
  ]);
  return {
    async detect(picture) {
      const { input, toPicture } = letterbox(picture, INPUT_SIDE);
      const [boxes, scores] = await run(input);
      if (boxes === undefined || scores === undefined) throw new Error('the face model gave no boxes');
      const faces = facesIn(boxes, scores).map((face) => ({ ...toPicture(face), score: face.score }));
      return bestBoxes(faces, MAX_OVERLAP);
    },
  };
}

/** Boxes are offsets of the center from the cell's own center, then width and height, all in pixels of the input. */
function facesIn(boxes: Float32Array, scores: Float32Array): Face[] {
  const faces: Face[] = [];
  for (const [cell, logit] of scores.entries()) {
    const score = 1 / (1 + Math.exp(-logit));
    if (score < THRESHOLDS.minFaceScore) continue;
    const at = cell * VALUES_PER_CELL;
    const [x = 0, y = 0, w = 0, h = 0] = boxes.subarray(at, at + 4);
    const width = w / INPUT_SIDE;
    const height = h / INPUT_SIDE;
    const centerX = ((cell % GRID_SIDE) + 0.5) / GRID_SIDE + x / INPUT_SIDE;
    const centerY = (Math.floor(cell / GRID_SIDE) + 0.5) / GRID_SIDE + y / INPUT_SIDE;
    faces.push({ left: centerX - width / 2, top: centerY - height / 2, width, height, score });
  }
  return faces;
}
