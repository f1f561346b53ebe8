#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

typedef float f16 __attribute__((ext_vector_type(16)));
typedef int32_t i16 __attribute__((ext_vector_type(16)));

// Sixteen floats at a time.
#define TARGET __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,fma,avx2")))
#define INNER TARGET static inline __attribute__((always_inline))
#define SCALE(y, n, k) (f16) _mm512_scalef_ps((__m512)y, (__m512)k)
#define NAME(word) wide_##word
#define VEC f16
#define INTS i16
#include "functions.h"

INNER f16 load(const float *p) { return (f16)_mm512_loadu_ps(p); }
INNER void store(float *p, f16 v) { _mm512_storeu_ps(p, (__m512)v); }

// At most sixteen floats; the rest is 0.
INNER f16 load_part(const float *p, long n) {
  return (f16)_mm512_maskz_loadu_ps((1u << n) - 1, p);
}
INNER void store_part(float *p, f16 v, long n) {
  _mm512_mask_storeu_ps(p, (1u << n) - 1, (__m512)v);
}

#define LOOP(word)                                                                     \
  TARGET void lk_wide_##word(const float *x, float *y, long n) {                       \
    long i = 0;                                                                        \
    for (; i + 16 <= n; i += 16) store(y + i, wide_##word(load(x + i)));               \
    if (i < n) store_part(y + i, wide_##word(load_part(x + i, n - i)), n - i);         \
  }
LOOP(exp) LOOP(log) LOOP(tanh) LOOP(sigmoid) LOOP(expm1) LOOP(log1p) LOOP(erf)

// As lk_sum adds what is left of sixteen sums.
INNER float sum_of(f16 v) {
  __m256 eight =
      _mm256_add_ps(_mm512_castps512_ps256((__m512)v), _mm512_extractf32x8_ps((__m512)v, 1));
  __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return two[0] + two[1];
}

TARGET float lk_wide_exponentials(const float *x, float shift, float *y, long n) {
  f16 total = 0;
  long i = 0;
  for (; i + 16 <= n; i += 16) {
    f16 v = wide_exp(load(x + i) - shift);
    if (y) store(y + i, v);
    total += v;
  }
  if (i < n) {
    f16 v = wide_exp(load_part(x + i, n - i) - shift);
    if (y) store_part(y + i, v, n - i);
    total += (f16)_mm512_maskz_mov_ps((1u << (n - i)) - 1, (__m512)v);
  }
  return sum_of(total);
}

// The exponentials of at most sixteen floats minus the largest of them, with zeros behind.
INNER f16 short_exponentials(const float *x, long n, float *top) {
  __mmask16 mask = (1u << n) - 1;
  f16 v = load_part(x, n);
  *top = _mm512_mask_reduce_max_ps(mask, (__m512)v);
  return (f16)_mm512_maskz_mov_ps(mask, (__m512)wide_exp(v - *top));
}

TARGET float lk_wide_short_sum(const float *x, long n, float *top) {
  return sum_of(short_exponentials(x, n, top));
}

TARGET void lk_wide_short_shares(const float *x, float *y, long n, long label, float factor) {
  float top;
  f16 v = short_exponentials(x, n, &top);
  v *= 1 / sum_of(v);
  __mmask16 own = label < 0 ? 0 : 1u << label;
  v = (f16)_mm512_mask_sub_ps((__m512)v, own, (__m512)v, _mm512_set1_ps(1));
  store_part(y, v * factor, n);
}

#else
void lk_wide_exp(const float *x, float *y, long n) {}
void lk_wide_log(const float *x, float *y, long n) {}
void lk_wide_tanh(const float *x, float *y, long n) {}
void lk_wide_sigmoid(const float *x, float *y, long n) {}
void lk_wide_expm1(const float *x, float *y, long n) {}
void lk_wide_log1p(const float *x, float *y, long n) {}
void lk_wide_erf(const float *x, float *y, long n) {}
float lk_wide_exponentials(const float *x, float shift, float *y, long n) { return 0; }
float lk_wide_short_sum(const float *x, long n, float *top) { return 0; }
void lk_wide_short_shares(const float *x, float *y, long n, long label, float factor) {}
#endif
