/* The least that any program has to do for a 12 MP JPEG: libjpeg's own decoding at 2/8, a bilinear resize into 640 x 640
   on white, and coding with the same settings. Prints the processor time of one photo in milliseconds.
   Usage: floor FILE ROUNDS */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <jpeglib.h>

enum { SIDE = 640, QUALITY = 92 };

static unsigned char *decoded(unsigned char *bytes, unsigned long size, int *width, int *height) {
  struct jpeg_decompress_struct in;
  struct jpeg_error_mgr errors;
  in.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&in);
  jpeg_mem_src(&in, bytes, size);
  jpeg_read_header(&in, TRUE);
  in.scale_num = 2;
  in.scale_denom = 8;
  jpeg_start_decompress(&in);
  *width = in.output_width;
  *height = in.output_height;
  unsigned char *pixels = malloc((size_t)*width * *height * 3);
  while (in.output_scanline < in.output_height) {
    JSAMPROW row = pixels + (size_t)in.output_scanline * *width * 3;
    jpeg_read_scanlines(&in, &row, 1);
  }
  jpeg_finish_decompress(&in);
  jpeg_destroy_decompress(&in);
  return pixels;
}

static void fitted(const unsigned char *from, int width, int height, unsigned char *square) {
  double scale = (double)SIDE / (width > height ? width : height);
  int w = width * scale + 0.5, h = height * scale + 0.5, left = (SIDE - w) / 2, top = (SIDE - h) / 2;
  memset(square, 255, SIDE * SIDE * 3);
  for (int y = 0; y < h; y++) {
    float v = (y + 0.5f) / scale - 0.5f;
    int v0 = v < 0 ? 0 : (int)v, v1 = v0 + 1 < height ? v0 + 1 : v0;
    int fy = (v - v0) * 256;
    const unsigned char *above = from + (size_t)v0 * width * 3, *below = from + (size_t)v1 * width * 3;
    unsigned char *to = square + ((size_t)(y + top) * SIDE + left) * 3;
    for (int x = 0; x < w; x++) {
      float u = (x + 0.5f) / scale - 0.5f;
      int u0 = u < 0 ? 0 : (int)u, u1 = u0 + 1 < width ? u0 + 1 : u0;
      int fx = (u - u0) * 256;
      for (int c = 0; c < 3; c++) {
        int a = above[u0 * 3 + c] * (256 - fx) + above[u1 * 3 + c] * fx;
        int b = below[u0 * 3 + c] * (256 - fx) + below[u1 * 3 + c] * fx;
        *to++ = (a * (256 - fy) + b * fy) >> 16;
      }
    }
  }
}

static unsigned long coded(unsigned char *square) {
  struct jpeg_compress_struct out;
  struct jpeg_error_mgr errors;
  unsigned char *bytes = NULL;
  unsigned long size = 0;
  out.err = jpeg_std_error(&errors);
  jpeg_create_compress(&out);
  jpeg_mem_dest(&out, &bytes, &size);
  out.image_width = out.image_height = SIDE;
  out.input_components = 3;
  out.in_color_space = JCS_RGB;
  jpeg_set_defaults(&out);
  jpeg_set_quality(&out, QUALITY, TRUE);
  out.comp_info[0].h_samp_factor = out.comp_info[0].v_samp_factor = 1;
  jpeg_start_compress(&out, TRUE);
  while (out.next_scanline < SIDE) {
    JSAMPROW row = square + (size_t)out.next_scanline * SIDE * 3;
    jpeg_write_scanlines(&out, &row, 1);
  }
  jpeg_finish_compress(&out);
  jpeg_destroy_compress(&out);
  free(bytes);
  return size;
}

int main(int count, char **words) {
  if (count != 3) return 2;
  int rounds = atoi(words[2]);
  static unsigned char square[SIDE * SIDE * 3];
  clock_t started = clock();
  for (int round = 0; round < rounds; round++) {
    FILE *file = fopen(words[1], "rb");
    if (!file) return 1;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(size);
    if (fread(bytes, 1, size, file) != (size_t)size) return 1;
    fclose(file);
    int width, height;
    unsigned char *pixels = decoded(bytes, size, &width, &height);
    fitted(pixels, width, height, square);
    if (coded(square) == 0) return 1;
    free(pixels);
    free(bytes);
  }
  printf("%.3f\n", (double)(clock() - started) * 1000 / CLOCKS_PER_SEC / rounds);
  return 0;
}
