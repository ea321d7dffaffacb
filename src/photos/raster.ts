/** A decoded picture: sRGB, 8 bits a channel, red, green, blue, row by row. Width and height in pixels. */
export interface Raster {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A rectangle in shares of the picture: 0 to 1 from its left and top edge. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}
