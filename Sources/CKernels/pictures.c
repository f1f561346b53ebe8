#include "CKernels.h"
#include "eight.h"

// How pictures are resampled. No product is fused with a sum: a pixel that does not move keeps its bits.
#pragma clang fp contract(off)

#if defined(__x86_64__) && !defined(LEPTON_PORTABLE)
#include <immintrin.h>
#endif

typedef float pair __attribute__((ext_vector_type(2), aligned(4)));
typedef float four __attribute__((ext_vector_type(4), aligned(4)));

INNER lk_f8 load(const float *p) { return *(const lk_f8u *)p; }

// Within [0, limit]; what is no number is 0.
INNER lk_f8 held(lk_f8 x, float limit) {
  lk_f8 top = (lk_f8)(limit), above = (lk_f8)((x > 0) & (lk_i8)x);
  lk_i8 fits = above < top;
  return (lk_f8)((fits & (lk_i8)above) | (~fits & (lk_i8)top));
}

// For eight places the numbers there and their right neighbours.
INNER void neighbours(const float *p, const int *places, lk_f8 *left, lk_f8 *right) {
  four q[4];
  UNROLL for (int i = 0; i < 4; i++) {
    pair one = *(const pair *)(p + places[2 * i]), two = *(const pair *)(p + places[2 * i + 1]);
    q[i] = __builtin_shufflevector(one, two, 0, 1, 2, 3);
  }
  lk_f8 even = __builtin_shufflevector(q[0], q[2], 0, 1, 2, 3, 4, 5, 6, 7);
  lk_f8 odd = __builtin_shufflevector(q[1], q[3], 0, 1, 2, 3, 4, 5, 6, 7);
  *left = __builtin_shufflevector(even, odd, 0, 2, 8, 10, 4, 6, 12, 14);
  *right = __builtin_shufflevector(even, odd, 1, 3, 9, 11, 5, 7, 13, 15);
}

INNER lk_f8 between(lk_f8 a, lk_f8 b, lk_f8 share) { return a + share * (b - a); }

// Eight pixels of one channel.
INNER void single(const float *frame, long row, const int *places, lk_f8 x, lk_f8 z, float *y,
                  long room) {
  lk_f8 a, b, c, d;
  neighbours(frame, places, &a, &b);
  neighbours(frame + row, places, &c, &d);
  lk_f8 v = between(between(a, b, x), between(c, d, x), z);
  // What is too much is written over by the row behind, if there is one.
  if (room >= 8)
    *(lk_f8u *)y = v;
  else
    for (long i = 0; i < room; i++) y[i] = v[i];
}

// Up to eight pixels of several channels.
INNER void several(const float *frame, long row, long channels, const int *places, lk_f8 x,
                   lk_f8 z, float *y, long count) {
  float xs[8], zs[8];
  *(lk_f8u *)xs = x;
  *(lk_f8u *)zs = z;
  for (long lane = 0; lane < count; lane++, y += channels) {
    const float *p = frame + places[lane], *q = p + row;
    for (long i = 0; i < channels; i++) {
      float upper = p[i] + xs[lane] * (p[i + channels] - p[i]);
      float lower = q[i] + xs[lane] * (q[i + channels] - q[i]);
      y[i] = upper + zs[lane] * (lower - upper);
    }
  }
}

TARGET void lk_resample(const lk_picture *picture, const lk_map *map, long first, long end,
                        const float *frame, const float *right, const float *down, float *y) {
  static const lk_f8 lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  const long width = picture->width, height = picture->height, channels = picture->channels;
  const long row = (width + 3) * channels;
  const double middle_x = (double)(width - 1) / 2, middle_y = (double)(height - 1) / 2;
  const float step_x = (float)map->a, step_z = (float)map->d;
  for (long line = first; line < end; line++) {
    double v = (double)line - middle_y;
    float start_x = (float)(map->b * v + map->c + middle_x - map->a * middle_x);
    float start_z = (float)(map->e * v + map->f + middle_y - map->d * middle_x);
    for (long column = 0; column < width; column += 8) {
      lk_f8 along = lanes + (float)column;
      lk_f8 x = start_x + along * step_x, z = start_z + along * step_z;
      if (right) {
        x += load(right + (line - first) * picture->stride + column);
        z += load(down + (line - first) * picture->stride + column);
      }
      // In its frame the picture begins at 1.
      x = held(x + 1.0f, (float)(width + 1));
      z = held(z + 1.0f, (float)(height + 1));
      lk_i8 left = __builtin_convertvector(x, lk_i8), top = __builtin_convertvector(z, lk_i8);
      x -= __builtin_convertvector(left, lk_f8);
      z -= __builtin_convertvector(top, lk_f8);
      lk_i8 corners = top * (int)row + left * (int)channels;
      int places[8];
      __builtin_memcpy(places, &corners, sizeof places);
      long start = line * width + column;
      if (channels == 1)
        single(frame, row, places, x, z, y + start, height * width - start);
      else
        several(frame, row, channels, places, x, z, y + start * channels,
                width - column < 8 ? width - column : 8);
    }
  }
}

// Of eight numbers those at given places.
INNER lk_f8 chosen(lk_f8 v, lk_i8 places) {
#if defined(__x86_64__) && !defined(LEPTON_PORTABLE)
  return (lk_f8)_mm256_permutevar8x32_ps((__m256)v, (__m256i)places);
#else
  lk_f8 result;
  for (int i = 0; i < 8; i++) result[i] = v[places[i] & 7];
  return result;
#endif
}

// The sums along the rows of the grid, for some lines: points[line, g], `pitch` apart.
INNER void bend_rows(const lk_spline *spline, long first, long end, const float *moves,
                     float *points, long pitch) {
  const long grid = spline->grid;
  for (long line = first; line < end; line++, points += pitch) {
    const float *w = spline->row_shares + 4 * line, *p = moves + spline->row_firsts[line] * grid;
    for (long i = 0; i < grid; i += 8) {
      lk_f8 one = load(p + i) * w[0] + load(p + i + grid) * w[1];
      lk_f8 two = load(p + i + 2 * grid) * w[2] + load(p + i + 3 * grid) * w[3];
      *(lk_f8u *)(points + i) = one + two;
    }
  }
}

TARGET void lk_bend(const lk_spline *spline, long first, long end, const float *moves,
                    float *points, float *y) {
  const long pitch = (spline->grid + 7) / 8 * 8 + 8;
  bend_rows(spline, first, end, moves, points, pitch);
  for (long column = 0; column < spline->width; column += 8) {
    const int *firsts = spline->firsts + column, base = firsts[0];
    const float *shares = spline->shares + 4 * column;
    // The points of eight neighbours mostly lie within a vector.
    const int is_near = firsts[7] + 3 - base < 8;
    lk_i8 places;
    __builtin_memcpy(&places, firsts, sizeof places);
    places -= base;
    const float *p = points;
    float *target = y + column;
    for (long line = first; line < end; line++, p += pitch, target += spline->stride) {
      lk_f8 sum[4];
      if (is_near) {
        lk_f8 v = load(p + base);
        UNROLL for (int k = 0; k < 4; k++) sum[k] = chosen(v, places + k) * load(shares + 8 * k);
      } else {
        UNROLL for (int k = 0; k < 4; k++)
          for (int i = 0; i < 8; i++) sum[k][i] = p[firsts[i] + k] * shares[8 * k + i];
      }
      *(lk_f8u *)target = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    }
  }
}
