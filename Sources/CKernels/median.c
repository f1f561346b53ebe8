#include "CKernels.h"
#include "eight.h"

#define NUMBER float
#define MASK int32_t
#define LANES 8
#define NAME(word) lk_single_##word
#include "median.h"
#undef NUMBER
#undef MASK
#undef LANES
#undef NAME

#define NUMBER double
#define MASK int64_t
#define LANES 4
#define NAME(word) lk_double_##word
#include "median.h"

void lk_median_single(const float *x, const long *offsets, long count, float *y, long places) {
  lk_single_run(x, offsets, count, y, places);
}

void lk_median_double(const double *x, const long *offsets, long count, double *y, long places) {
  lk_double_run(x, offsets, count, y, places);
}
