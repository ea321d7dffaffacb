import type { PhotoFindings } from '../../../src/photos/findings';

/** A good portrait, where nothing else is said. */
export function findings(changes: Partial<PhotoFindings> = {}): PhotoFindings {
  const { faces = [face()] } = changes;
  return {
    format: 'jpeg',
    width: 1200,
    height: 1600,
    orientation: 1,
    pages: 1,
    hash: '0f0f0f0f0f0f0f0f',
    mirroredHash: 'f0f0f0f0f0f0f0f0',
    sharpness: 300,
    brightness: 120,
    faces,
    faceClarity: faces === null || faces.length === 0 ? null : { sharpness: 300, brightness: 120 },
    ...changes,
  };
}

export function face(changes: Partial<{ left: number; top: number; width: number; height: number }> = {}) {
  return { left: 0.35, top: 0.2, width: 0.3, height: 0.225, ...changes };
}
