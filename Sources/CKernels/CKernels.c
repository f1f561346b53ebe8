#include "CKernels.h"

// Kernels for processors with AVX-512, chosen when the program runs. Each does, lane by lane, the
// same fused operations in the same order as the Swift kernel for AVX2, so the bits are the same.

#if defined(__x86_64__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,fma,avx2")))
#define UNROLL _Pragma("clang loop unroll(full)")

int lk_has_wide(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
}

// R rows by 16 V columns of c = a b, or c += a b; the last vector of a row is not full unless `full`. A load
// that masks takes a place of one of the units that multiply.
WIDE static inline __attribute__((always_inline)) void micro(
    const int R, const int V, const int full, const float *a, long row, long column, const float *b,
    long step, float *c, long stride, long depth, const __mmask16 *masks, int adds) {
  __mmask16 mask[4];
  UNROLL for (int v = 0; v < V; v++) mask[v] = full || v < V - 1 ? 0xffff : masks[v];
  __m512 x[8][4];
  UNROLL for (int r = 0; r < R; r++)
    UNROLL for (int v = 0; v < V; v++)
      x[r][v] = adds ? _mm512_maskz_loadu_ps(mask[v], c + r * stride + 16 * v) : _mm512_setzero_ps();
  for (long k = 0; k < depth; k++) {
    __m512 right[4];
    UNROLL for (int v = 0; v < V; v++) right[v] = _mm512_maskz_loadu_ps(mask[v], b + 16 * v);
    UNROLL for (int r = 0; r < R; r++) {
      __m512 left = _mm512_set1_ps(a[r * row]);
      UNROLL for (int v = 0; v < V; v++) x[r][v] = _mm512_fmadd_ps(left, right[v], x[r][v]);
    }
    a += column;
    b += step;
  }
  UNROLL for (int r = 0; r < R; r++)
    UNROLL for (int v = 0; v < V; v++)
      _mm512_mask_storeu_ps(c + r * stride + 16 * v, mask[v], x[r][v]);
}

#define MICRO(R, V)                                                                 \
  {                                                                                 \
    if (width == 16 * V)                                                            \
      micro(R, V, 1, a, row, column, b, step, c, stride, depth, mask, adds);        \
    else                                                                            \
      micro(R, V, 0, a, row, column, b, step, c, stride, depth, mask, adds);        \
  }
#define ROWS(R)     \
  case R:           \
    if (width > 16) \
      MICRO(R, 2)   \
    else            \
      MICRO(R, 1)   \
    break;
#define FEW_ROWS(R)      \
  case R:                \
    if (width > 48)      \
      MICRO(R, 4)        \
    else if (width > 32) \
      MICRO(R, 3)        \
    else if (width > 16) \
      MICRO(R, 2)        \
    else                 \
      MICRO(R, 1)        \
    break;

WIDE void lk_wide_block(const float *a, long row, long column, const float *b, long step, float *c,
                        long stride, long rows, long depth, long width, int adds) {
  __mmask16 mask[4];
  for (int v = 0; v < 4; v++) {
    long rest = width - 16 * v;
    mask[v] = rest >= 16 ? 0xffff : rest > 0 ? (1u << rest) - 1 : 0;
  }
  while (rows > 0) {
    long part = rows < 8 ? rows : 8;
    switch (part) {
      FEW_ROWS(1) FEW_ROWS(2) FEW_ROWS(3) FEW_ROWS(4) ROWS(5) ROWS(6) ROWS(7) ROWS(8)
    }
    a += part * row;
    c += part * stride;
    rows -= part;
  }
}

WIDE void lk_wide_adam(float *w, float *m, float *v, const float *g, long count, float direction,
                       float decay, float beta1, float beta2, float epsilon, float penalty) {
  const __m512 b1 = _mm512_set1_ps(beta1), b2 = _mm512_set1_ps(beta2);
  const __m512 c1 = _mm512_set1_ps(1 - beta1), c2 = _mm512_set1_ps(1 - beta2);
  const __m512 d = _mm512_set1_ps(direction), k = _mm512_set1_ps(decay);
  const __m512 e = _mm512_set1_ps(epsilon), p = _mm512_set1_ps(penalty);
  const __m512 tiny = _mm512_set1_ps(__FLT_MIN__);
  for (long i = 0; i < count; i += 16) {
    __mmask16 mask = count - i >= 16 ? 0xffff : (1u << (count - i)) - 1;
    __m512 old = _mm512_maskz_loadu_ps(mask, w + i);
    __m512 slope = _mm512_fmadd_ps(p, old, _mm512_maskz_loadu_ps(mask, g + i));
    __m512 first =
        _mm512_fmadd_ps(b1, _mm512_maskz_loadu_ps(mask, m + i), _mm512_mul_ps(c1, slope));
    first = _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(_mm512_abs_ps(first), tiny, _CMP_NLT_UQ), first);
    __m512 second = _mm512_fmadd_ps(b2, _mm512_maskz_loadu_ps(mask, v + i),
                                    _mm512_mul_ps(c2, _mm512_mul_ps(slope, slope)));
    __m512 share = _mm512_div_ps(first, _mm512_add_ps(_mm512_sqrt_ps(second), e));
    _mm512_mask_storeu_ps(m + i, mask, first);
    _mm512_mask_storeu_ps(v + i, mask, second);
    _mm512_mask_storeu_ps(w + i, mask, _mm512_fmadd_ps(d, share, _mm512_mul_ps(old, k)));
  }
}

#else

int lk_has_wide(void) { return 0; }

void lk_wide_block(const float *a, long row, long column, const float *b, long step, float *c,
                   long stride, long rows, long depth, long width, int adds) {}

void lk_wide_adam(float *w, float *m, float *v, const float *g, long count, float direction,
                  float decay, float beta1, float beta2, float epsilon, float penalty) {}

#endif
