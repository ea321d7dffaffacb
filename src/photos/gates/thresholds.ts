/**
 * Where each gate draws its line. Measures are taken of the picture at 640 pixels, in the face where one is seen. Rates
 * are of a trial on 195 photos, 70 of them of people, with the same model and formulas in another program.
 */
export const THRESHOLDS = {
  /** Pixels, upright. What is smaller is enlarged to 640, and the model would learn what was made up. */
  minShortSidePx: 512,
  /** Bits of 64. Of 18,915 pairs of different photos 5 came closer; re-coded, half-size and gray copies nearly all do. */
  maxTwinDistance: 10,
  /** Variance of the Laplacian in the face: 4 % of good photos lie below, and 97 % of those blurred by 2 pixels. */
  minFaceSharpness: 50,
  /** The same of a whole picture where nobody looked for faces: at 50, 14 % of good photos would be below. */
  minWholeSharpness: 25,
  /** Mean brightness, 0-255. Good faces lie between 75 and 170; the rest is margin. */
  minBrightness: 50,
  maxBrightness: 215,
  /** The face's longer side, in shares of the picture's longer side: 64 of 640 pixels. */
  minFaceShare: 0.1,
  /** How much of the face's own width or height may lie beyond an edge: boxes are a little larger than faces. */
  maxFaceBeyondEdge: 0.12,
  /** How sure the detector must be of a face. Findings depend on it: with another number, raise `RECIPE.revision`. */
  minFaceScore: 0.5,
  /** A face with less of the largest one's area is somebody in the background. The same holds for it. */
  bystanderAreaShare: 0.2,
} as const;
