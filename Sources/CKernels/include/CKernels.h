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
LK lk_f8 lk_splat(float x) { return (lk_f8)(x); }
LK lk_f8 lk_fma(lk_f8 a, lk_f8 b, lk_f8 c) { return __builtin_elementwise_fma(a, b, c); }
LK lk_f8 lk_max(lk_f8 a, lk_f8 b) { return __builtin_elementwise_max(a, b); }
LK lk_f8 lk_min(lk_f8 a, lk_f8 b) { return __builtin_elementwise_min(a, b); }
LK lk_f8 lk_sqrt(lk_f8 a) { return __builtin_elementwise_sqrt(a); }
LK lk_f8 lk_select(lk_i8 c, lk_f8 a, lk_f8 b) {
  return (lk_f8)((c & (lk_i8)a) | (~c & (lk_i8)b));
}
// a where x > y, else b.
LK lk_f8 lk_above(lk_f8 x, lk_f8 y, lk_f8 a, lk_f8 b) { return lk_select(x > y, a, b); }
// relu that lets NaN through.
LK lk_f8 lk_relu(lk_f8 x) { return lk_select(x < 0, (lk_f8)(0), x); }
// ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7))
LK float lk_sum(lk_f8 v) {
  float a = (v[0] + v[4]) + (v[2] + v[6]), b = (v[1] + v[5]) + (v[3] + v[7]);
  return a + b;
}
LK float lk_top(lk_f8 v) { return __builtin_reduce_max(v); }
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

// 2^n for n in -126 ... 127.
LK lk_f8 lk_power_of_two(lk_i8 n) { return (lk_f8)((n + 127) << 23); }

// e^r - 1 for |r| <= ln(2)/2.
LK lk_f8 lk_expm1_core(lk_f8 r) {
  lk_f8 p = lk_splat(1.0f / 40320);
  p = lk_fma(p, r, lk_splat(1.0f / 5040));
  p = lk_fma(p, r, lk_splat(1.0f / 720));
  p = lk_fma(p, r, lk_splat(1.0f / 120));
  p = lk_fma(p, r, lk_splat(1.0f / 24));
  p = lk_fma(p, r, lk_splat(1.0f / 6));
  p = lk_fma(p, r, lk_splat(0.5f));
  return lk_fma(p * r, r, r);
}

// x = n ln 2 + r with |r| <= ln(2)/2; n is rounded by adding 1.5 * 2^23.
LK lk_f8 lk_split(lk_f8 x, lk_i8 *n) {
  lk_f8 magic = lk_splat(12582912.0f);
  lk_f8 t = lk_fma(x, lk_splat(1.44269504088896341f), magic);
  *n = (lk_i8)t - (lk_i8)magic;
  lk_f8 k = t - magic;
  lk_f8 r = lk_fma(k, lk_splat(-0.693359375f), x);
  return lk_fma(k, lk_splat(2.12194440e-4f), r);
}

// e^x. Error at most 1 ulp; overflows to infinity, underflows gradually, NaN stays.
LK lk_f8 lk_exp(lk_f8 x) {
  lk_f8 c = lk_min(lk_max(x, lk_splat(-104.0f)), lk_splat(89.0f));
  lk_i8 n;
  lk_f8 r = lk_split(c, &n);
  lk_i8 half = n >> 1;
  lk_f8 y = lk_expm1_core(r) + 1.0f;
  y = y * lk_power_of_two(half) * lk_power_of_two(n - half);
  return lk_select(x != x, x, y);
}

// tanh x = (e^2x - 1) / (e^2x + 1). Error at most 2.5 ulp.
LK lk_f8 lk_tanh(lk_f8 x) {
  lk_f8 a = lk_min(__builtin_elementwise_abs(x), lk_splat(9.5f));
  lk_i8 n;
  lk_f8 r = lk_split(a + a, &n);
  lk_f8 s = lk_power_of_two(n);
  lk_f8 e = lk_fma(s, lk_expm1_core(r), s - 1.0f);
  lk_f8 y = __builtin_elementwise_copysign(e / (e + 2.0f), x);
  return lk_select(x != x, x, y);
}

// 1 / (1 + e^-x). Error at most 2.5 ulp for x > -87; 0 below.
LK lk_f8 lk_sigmoid(lk_f8 x) { return 1.0f / (1.0f + lk_exp(-x)); }

// The natural logarithm. Error at most 2 ulp; log 0 = -inf, of negative numbers NaN.
LK lk_f8 lk_log(lk_f8 x) {
  lk_i8 tiny = x < 1.17549435e-38f;
  lk_f8 v = lk_select(tiny, x * 8388608.0f, x);
  // m in [sqrt(1/2), sqrt(2)): log x = e ln 2 + log m, and log m = 2 atanh((m-1)/(m+1)).
  lk_i8 bits = (lk_i8)v;
  lk_i8 e = (bits - 0x3f3504f3) >> 23;
  lk_f8 m = (lk_f8)(bits - (e << 23));
  lk_f8 k = __builtin_convertvector(e - (tiny & 23), lk_f8);
  lk_f8 f = m - 1.0f;
  lk_f8 s = f / (f + 2.0f);
  lk_f8 z = s * s;
  lk_f8 p = lk_splat(2.0f / 11);
  p = lk_fma(p, z, lk_splat(2.0f / 9));
  p = lk_fma(p, z, lk_splat(2.0f / 7));
  p = lk_fma(p, z, lk_splat(2.0f / 5));
  p = lk_fma(p, z, lk_splat(2.0f / 3));
  // log m = f - (f^2/2 - s (f^2/2 + z p))
  lk_f8 h = 0.5f * f * f;
  lk_f8 y = lk_fma(s, lk_fma(z, p, h), k * 1.42860677e-6f);
  y = lk_fma(k, lk_splat(0.693145752f), f - (h - y));
  y = lk_select(x == 0.0f, lk_splat(-__builtin_inff()), y);
  y = lk_select(x == __builtin_inff(), x, y);
  return lk_select((x < 0.0f) | (x != x), lk_splat(__builtin_nanf("")), y);
}

// e^x - 1. Error at most 2 ulp.
LK lk_f8 lk_expm1(lk_f8 x) {
  lk_i8 n;
  lk_f8 r = lk_split(lk_min(lk_max(x, lk_splat(-104.0f)), lk_splat(80.0f)), &n);
  lk_f8 s = lk_power_of_two(__builtin_elementwise_max(n, (lk_i8){} - 126));
  lk_f8 y = lk_fma(s, lk_expm1_core(r), s - 1.0f);
  y = lk_select(x > 80.0f, lk_exp(x), y);
  return lk_select((x == 0.0f) | (x != x), x, y);
}

// log(1 + x). Error at most 3 ulp; -1 gives -inf, what is below NaN.
LK lk_f8 lk_log1p(lk_f8 x) {
  lk_f8 u = 1.0f + x;
  // What was lost in the sum, as a share of it.
  lk_f8 lost = (x - (u - 1.0f)) / u;
  lk_f8 y = lk_log(u);
  y = lk_select((u > 0.0f) & (u < __builtin_inff()), y + lost, y);
  return lk_select(x == 0.0f, x, y);
}

// The error function: a rational minimax approximation on [-4, 4], as in Eigen. Error at most 8 ulp.
LK lk_f8 lk_erf(lk_f8 x) {
  lk_f8 c = lk_min(lk_max(x, lk_splat(-4.0f)), lk_splat(4.0f));
  lk_f8 z = c * c;
  lk_f8 p = lk_splat(-2.72614225801306e-10f);
  p = lk_fma(p, z, lk_splat(2.77068142495902e-08f));
  p = lk_fma(p, z, lk_splat(-2.10102402082508e-06f));
  p = lk_fma(p, z, lk_splat(-5.69250639462346e-05f));
  p = lk_fma(p, z, lk_splat(-7.34990630326855e-04f));
  p = lk_fma(p, z, lk_splat(-2.95459980854025e-03f));
  p = lk_fma(p, z, lk_splat(-1.60960333262415e-02f));
  lk_f8 q = lk_splat(-1.45660718464996e-05f);
  q = lk_fma(q, z, lk_splat(-2.13374055278905e-04f));
  q = lk_fma(q, z, lk_splat(-1.68282697438203e-03f));
  q = lk_fma(q, z, lk_splat(-7.37332916720468e-03f));
  q = lk_fma(q, z, lk_splat(-1.42647390514189e-02f));
  lk_f8 y = lk_min(lk_max(c * p / q, lk_splat(-1.0f)), lk_splat(1.0f));
  return lk_select(x != x, x, y);
}

// Whether the processor has AVX-512 and the kernels below may be called.
int lk_has_wide(void);

// c = a b, or c += a b, for any number of rows and at most 32 columns, or at most 4 rows and 64
// columns. Element (i, k) of a lies at a[i * row + k * column], element (k, j) of b at
// b[k * step + j], element (i, j) of c at c[i * stride + j]. Each element is one chain of fused
// multiply-adds over k in order.
void lk_wide_block(const float *a, long row, long column, const float *b, long step, float *c,
                   long stride, long rows, long depth, long width, int adds);

// Adam's step for `count` parameters; `direction` is minus the corrected learning rate.
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
