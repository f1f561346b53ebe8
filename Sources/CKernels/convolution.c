#include "CKernels.h"

#define UNROLL _Pragma("clang loop unroll(full)")

// Eight floats at a time.
#if defined(__x86_64__) && !defined(LEPTON_PORTABLE)
#define TARGET __attribute__((target("avx2,fma")))
#else
#define TARGET
#endif
#define NAME(word) lk_narrow_##word
#define LANES 8
#define BIG 6
#define PAIRED(KIND) SIX(2, KIND)
#define STORE_PART(p, v, n) \
  for (long lane = 0; lane < (n); lane++) (p)[lane] = (v)[lane]
#include "convolution.h"
#undef TARGET
#undef NAME
#undef LANES
#undef BIG
#undef PAIRED
#undef STORE_PART

// Sixteen floats at a time.
#if defined(__x86_64__)
#include <immintrin.h>
#define TARGET __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,fma,avx2")))
#define NAME(word) lk_wide_##word
#define LANES 16
#define BIG 14
#define PAIRED(KIND) TWELVE(2, KIND)
#define STORE_PART(p, v, n) _mm512_mask_storeu_ps(p, (__mmask16)((1u << (n)) - 1), (__m512)(v))
#include "convolution.h"
#else
void lk_wide_taps(const float *x, long xstep, const float *w, long wstep, const lk_tap *taps,
                  long count, float *y, long ystep, long positions, long width) {}
void lk_wide_depth_taps(const float *x, long xstep, const float *w, long wstep, const lk_tap *taps,
                        long count, float *y, long ystep, long positions, long width) {}
void lk_wide_filter(const lk_pairs *pairs, const float *x, const long *offsets, const float *g,
                    float *s, long sstep, long count, long width, int adds) {}
void lk_wide_depth_filter(const lk_pairs *pairs, const float *x, const long *offsets,
                          const float *g, float *s, long sstep, long count, long channels,
                          int adds) {}
void lk_wide_pool(const lk_pool *pool, const float *x, float *y, const float *g, long ny) {}
#endif
