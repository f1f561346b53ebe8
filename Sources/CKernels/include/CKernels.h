// Vector built-ins that the Swift compiler does not make by itself, as inline functions on eight
// (or sixteen) floats at a time, and functions whose error is stated in units in the last place.
// Everything is plain IEEE arithmetic in a fixed order: the same bits on every x86-64-v3 processor.
#pragma once
#include <stdint.h>

#define LK static inline __attribute__((always_inline))

typedef float lk_f8 __attribute__((ext_vector_type(8)));
typedef int32_t lk_i8 __attribute__((ext_vector_type(8)));
typedef float lk_f8u __attribute__((ext_vector_type(8), aligned(4)));

LK lk_f8 lk_load(const float *p) { return *(const lk_f8u *)p; }
LK void lk_store(float *p, lk_f8 v) { *(lk_f8u *)p = v; }
LK void lk_store_part(float *p, lk_f8 v, long n) {
  for (long i = 0; i < n && i < 8; i++) p[i] = v[i];
}

// In two steps, of which the first is exact for y near 1.
#define SCALE(y, n, k) (y * lk_power_of_two(n >> 1) * lk_power_of_two(n - (n >> 1)))
#define NAME(word) lk_##word
#define VEC lk_f8
#define INTS lk_i8
#define INNER LK
#include "functions.h"
#undef SCALE
#undef NAME
#undef VEC
#undef INTS
#undef INNER

// a where x > y, else b.
LK lk_f8 lk_above(lk_f8 x, lk_f8 y, lk_f8 a, lk_f8 b) { return lk_select(x > y, a, b); }
// The larger of two numbers; b where a is none.
LK lk_f8 lk_larger(lk_f8 a, lk_f8 b) { return lk_select(a > b, a, b); }
// 0 instead of a number too small to be normal, with which processors compute slowly.
LK lk_f8 lk_normal(lk_f8 x) {
  return lk_select((x < __FLT_MIN__) & (x > -__FLT_MIN__), (lk_f8)(0), x);
}
// relu that lets NaN through.
LK lk_f8 lk_relu(lk_f8 x) { return lk_select(x < 0, (lk_f8)(0), x); }
// ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7))
LK float lk_sum(lk_f8 v) {
  float a = (v[0] + v[4]) + (v[2] + v[6]), b = (v[1] + v[5]) + (v[3] + v[7]);
  return a + b;
}
LK float lk_top(lk_f8 v) { return __builtin_reduce_max(v); }
typedef _Bool lk_b8 __attribute__((ext_vector_type(8)));
// A bit for each of eight places.
LK int lk_bits(lk_i8 v) {
  lk_b8 bits = __builtin_convertvector(v, lk_b8);
  uint8_t byte;
  __builtin_memcpy(&byte, &bits, 1);
  return byte;
}
// Bits of the places where both are equal, and of those where one is no number.
LK int lk_equals(lk_f8 a, lk_f8 b) { return lk_bits(a == b); }
LK int lk_no_numbers(lk_f8 a) { return lk_bits(a != a); }
// Eight rows of eight, `from` apart, become eight columns: rows that lie `to` apart.
LK void lk_transpose(const float *p, long from, float *q, long to) {
  lk_f8 r[8], s[8], t[8];
  for (int i = 0; i < 8; i++) r[i] = lk_load(p + i * from);
  for (int i = 0; i < 8; i += 2) {
    s[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    s[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int i = 0; i < 8; i += 4)
    for (int j = i; j < i + 2; j++) {
      t[j] = __builtin_shufflevector(s[j], s[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      t[j + 2] = __builtin_shufflevector(s[j], s[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int i = 0; i < 4; i++) {
    lk_store(q + i * to, __builtin_shufflevector(t[i], t[i + 4], 0, 1, 2, 3, 8, 9, 10, 11));
    lk_store(q + (i + 4) * to, __builtin_shufflevector(t[i], t[i + 4], 4, 5, 6, 7, 12, 13, 14, 15));
  }
}
LK void lk_prefetch(const void *p) { __builtin_prefetch(p, 0, 2); }
#if defined(__x86_64__)
LK void lk_pause(void) { __builtin_ia32_pause(); }
#elif defined(__aarch64__)
LK void lk_pause(void) { __asm__ volatile("yield"); }
#else
LK void lk_pause(void) {}
#endif

// Whether the processor has AVX-512 and the kernels below may be called.
int lk_has_wide(void);

// Functions of sixteen floats at a time: y[i] = f(x[i]) for i below n.
void lk_wide_exp(const float *x, float *y, long n);
void lk_wide_log(const float *x, float *y, long n);
void lk_wide_tanh(const float *x, float *y, long n);
void lk_wide_sigmoid(const float *x, float *y, long n);
void lk_wide_expm1(const float *x, float *y, long n);
void lk_wide_log1p(const float *x, float *y, long n);
void lk_wide_erf(const float *x, float *y, long n);

// y[i] = e^(x[i] - shift) for i below n unless y is null, and their sum: sixteen sums of every sixteenth,
// of which the last eight are added to the first, then lk_sum.
float lk_wide_exponentials(const float *x, float shift, float *y, long n);
// For at most sixteen floats, with the same bits: the largest of them, and the sum of e^(x[i] - it);
// the shares of that sum, 1 less at the label unless that is negative, times a factor.
float lk_wide_short_sum(const float *x, long n, float *top);
void lk_wide_short_shares(const float *x, float *y, long n, long label, float factor);

// c = a b, or c += a b, for any number of rows and at most 32 columns, or at most 4 rows and 64
// columns. Element (i, k) of a lies at a[i * row + k * column], element (k, j) of b at
// b[k * step + j], element (i, j) of c at c[i * stride + j]. Each element is one chain of fused
// multiply-adds over k in order.
void lk_wide_block(const float *a, long row, long column, const float *b, long step, float *c,
                   long stride, long rows, long depth, long width, int adds);

// Adam's step for `count` parameters; `direction` is minus the corrected learning rate. A first moment
// too small to be normal becomes 0, as by lk_normal.
void lk_wide_adam(float *w, float *m, float *v, const float *g, long count, float direction,
                  float decay, float beta1, float beta2, float epsilon, float penalty);

// A run of neighbours: `length` floats from x[x] on.
typedef struct {
  long x, length;
} lk_tap;

// Sums over taps at `positions` places that lie `xstep` apart in x and `ystep` apart in y, for at most
// two vectors of columns: y[p, j] = sum over taps and k of x[tap.x + p xstep + k] w[row, j], where
// the rows of w, `wstep` apart, follow each other as the taps do.
void lk_narrow_taps(const float *x, long xstep, const float *w, long wstep, const lk_tap *taps,
                    long count, float *y, long ystep, long positions, long width);
void lk_wide_taps(const float *x, long xstep, const float *w, long wstep, const lk_tap *taps,
                  long count, float *y, long ystep, long positions, long width);

// The same for filters that each see one channel, for any width:
// y[p, j] = sum over taps of x[tap.x + p xstep + j] w[tap, j].
void lk_narrow_depth_taps(const float *x, long xstep, const float *w, long wstep,
                          const lk_tap *taps, long count, float *y, long ystep, long positions,
                          long width);
void lk_wide_depth_taps(const float *x, long xstep, const float *w, long wstep, const lk_tap *taps,
                        long count, float *y, long ystep, long positions, long width);

// Pairs of an input and a gradient: `rows` rows of `positions`, and how far apart they lie.
typedef struct {
  long rows, positions, xrow, xstep, grow, gstep;
} lk_pairs;

// Rows of the gradient of filters, at most 12 (with two vectors of columns and eight lanes: 6):
// s[r, j] = or += sum over pairs of x[offset r] g[j], where offset r is r without a table.
void lk_narrow_filter(const lk_pairs *pairs, const float *x, const long *offsets, const float *g,
                      float *s, long sstep, long count, long width, int adds);
void lk_wide_filter(const lk_pairs *pairs, const float *x, const long *offsets, const float *g,
                    float *s, long sstep, long count, long width, int adds);

// The same for filters that each see one channel: s[r, j] = or += sum of x[offset r + j] g[j].
void lk_narrow_depth_filter(const lk_pairs *pairs, const float *x, const long *offsets,
                            const float *g, float *s, long sstep, long count, long channels,
                            int adds);
void lk_wide_depth_filter(const lk_pairs *pairs, const float *x, const long *offsets,
                          const float *g, float *s, long sstep, long count, long channels,
                          int adds);

// A row of windows for the largest element. `kind` says what is made of it: 0 the element itself,
// 1 the gradient put at its place, and zeros elsewhere in its window, 2 the gradient added at its
// place, 3 what another tensor has at its place. The first of equals counts.
typedef struct {
  long kind, channels, width, windows, taps, stride, dilation, before, row, column;
} lk_pool;

// x is the row of the input where the windows begin, which have ny rows; y or g lies beside it where
// it has the input's shape, else it is a row of windows.
void lk_narrow_pool(const lk_pool *pool, const float *x, float *y, const float *g, long ny);
void lk_wide_pool(const lk_pool *pool, const float *x, float *y, const float *g, long ny);

// A picture of height rows of width pixels; rows of displacements lie `stride` apart, a multiple of
// eight that is at least the width.
typedef struct {
  long height, width, channels, stride;
} lk_picture;

// A map from places to places, both counted from the middle of a picture: x' = a x + b y + c,
// y' = d x + e y + f.
typedef struct {
  double a, b, c, d, e, f;
} lk_map;

// Rows first ..< end of a picture as seen through a map from its places to those of `frame`, and
// displaced besides by `right` and `down`, whose first row is that of `first`, or which are null. The
// frame is the picture in a margin of zeros, one pixel before and two behind.
void lk_resample(const lk_picture *picture, const lk_map *map, long first, long end,
                 const float *frame, const float *right, const float *down, float *y);

// Where a cubic B-spline through grid * grid points takes its rows and columns from: for each of them
// the first of four points, and their shares; four shares of a row follow each other, those of eight
// columns stand side by side, and columns go on to a multiple of eight.
typedef struct {
  long grid, width, stride;
  const int *row_firsts, *firsts;
  const float *row_shares, *shares;
} lk_spline;

// Rows first ..< end of the spline: y[line - first, column], rows `stride` apart. Behind the moves of
// the points eight more floats can be read; `points` is room for (end - first) times the grid rounded
// up to eight, and eight more.
void lk_bend(const lk_spline *spline, long first, long end, const float *moves, float *points,
             float *y);

// Fractions of 24 bits in [0, 1), four for each block of Philox from the given one on.
void lk_uniform(uint64_t key, uint64_t counter, uint64_t block, float *y, long count);

// The first 64 bits of each block of Philox from the given one on.
void lk_random_bits(uint64_t key, uint64_t counter, uint64_t block, uint64_t *y, long count);

// Medians of windows at neighbouring places: y[i] is the middle of x[i + offset] over an odd number of
// offsets, or no number where one of them is none.
void lk_median_single(const float *x, const long *offsets, long count, float *y, long places);
void lk_median_double(const double *x, const long *offsets, long count, double *y, long places);

// Numbers in order, of which one is `old`, with another one in its place: y from x, which do not overlap.
// x[-1] is -infinity, and eight numbers from x[count] on are infinity; those of y become so.
void lk_exchange_single(const float *x, float *y, long count, float old, float new_one);
void lk_exchange_double(const double *x, double *y, long count, double old, double new_one);
