// Kernels of convolution and pooling, written once and compiled for each width of vectors: the
// includer defines LANES, NAME(word), TARGET, STORE_PART(p, v, n) and BIG, the most positions of
// which sums in two vectors each fit the registers. Each sum is one chain of fused multiply-adds,
// in the same order for every width, so the bits are the same.

typedef float NAME(vec) __attribute__((ext_vector_type(LANES)));
typedef float NAME(loose) __attribute__((ext_vector_type(LANES), aligned(4)));
typedef int NAME(ints) __attribute__((ext_vector_type(LANES)));
#define VEC NAME(vec)
#define INTS NAME(ints)
#define INNER TARGET static inline __attribute__((always_inline))

INNER VEC NAME(load)(const float *p) { return *(const NAME(loose) *)p; }

INNER void NAME(store)(float *p, VEC v, long n) {
  if (n >= LANES)
    *(NAME(loose) *)p = v;
  else
    STORE_PART(p, v, n);
}

INNER VEC NAME(select)(INTS c, VEC a, VEC b) {
  return (VEC)((c & (INTS)a) | (~c & (INTS)b));
}

// R positions by V vectors of sums over taps. With `depth` each channel has filters of its own.
INNER void NAME(tap_block)(const int R, const int V, const int depth, const float *x, long xstep,
                           const float *w, long wstep, const lk_tap *taps, long count, float *y,
                           long ystep, long width) {
  VEC s[BIG][2];
  UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < V; v++) s[r][v] = (VEC)(0.0f);
  for (long t = 0; t < count; t++) {
    // Three positions are reached from each pointer.
    const float *p[(BIG + 2) / 3];
    UNROLL for (int i = 0; i < (BIG + 2) / 3; i++) p[i] = x + taps[t].x + 3 * i * xstep;
    for (long k = 0; k < taps[t].length; k++) {
      VEC right[2];
      UNROLL for (int v = 0; v < V; v++) right[v] = NAME(load)(w + v * LANES);
      UNROLL for (int r = 0; r < R; r++) {
        const float *left = p[r / 3] + r % 3 * xstep;
        UNROLL for (int v = 0; v < V; v++) {
          VEC a = depth ? NAME(load)(left + v * LANES) : (VEC)(*left);
          s[r][v] = __builtin_elementwise_fma(a, right[v], s[r][v]);
        }
      }
      UNROLL for (int i = 0; i < (BIG + 2) / 3; i++) p[i]++;
      w += wstep;
    }
  }
  UNROLL for (int r = 0; r < R; r++)
    UNROLL for (int v = 0; v < V; v++)
      NAME(store)(y + r * ystep + v * LANES, s[r][v], width - v * LANES);
}

// Any number of positions: the last block may compute some of them again.
INNER void NAME(tap_row)(const int V, const int depth, const float *x, long xstep, const float *w,
                         long wstep, const lk_tap *taps, long count, float *y, long ystep,
                         long positions, long width) {
  static const int sizes[] = {BIG, 8 < BIG ? 8 : 4, 4, 2, 1};
  int big = 0;
  while (sizes[big] > positions) big++;
  for (long done = 0; done < positions;) {
    int size = big;
    if (positions - done < sizes[big]) {
      while (size < 4 && sizes[size + 1] >= positions - done) size++;
      done = positions - sizes[size];
    }
    const float *from = x + done * xstep;
    float *to = y + done * ystep;
    switch (size) {
      case 0:
        NAME(tap_block)(BIG, V, depth, from, xstep, w, wstep, taps, count, to, ystep, width);
        break;
      case 1:
        NAME(tap_block)(8 < BIG ? 8 : 4, V, depth, from, xstep, w, wstep, taps, count, to, ystep, width);
        break;
      case 2: NAME(tap_block)(4, V, depth, from, xstep, w, wstep, taps, count, to, ystep, width); break;
      case 3: NAME(tap_block)(2, V, depth, from, xstep, w, wstep, taps, count, to, ystep, width); break;
      default: NAME(tap_block)(1, V, depth, from, xstep, w, wstep, taps, count, to, ystep, width);
    }
    done += sizes[size];
  }
}

TARGET void NAME(taps)(const float *x, long xstep, const float *w, long wstep, const lk_tap *taps,
                       long count, float *y, long ystep, long positions, long width) {
  if (positions <= 0) return;
  if (width > LANES)
    NAME(tap_row)(2, 0, x, xstep, w, wstep, taps, count, y, ystep, positions, width);
  else
    NAME(tap_row)(1, 0, x, xstep, w, wstep, taps, count, y, ystep, positions, width);
}

TARGET void NAME(depth_taps)(const float *x, long xstep, const float *w, long wstep,
                             const lk_tap *taps, long count, float *y, long ystep, long positions,
                             long width) {
  if (positions <= 0) return;
  for (long c = 0; c < width; c += LANES)
    NAME(tap_row)(1, 1, x + c, xstep, w + c, wstep, taps, count, y + c, ystep, positions, width - c);
}

// R rows by V vectors of a filter's gradient, over rows of positions.
INNER void NAME(filter_block)(const int R, const int V, const int kind, const lk_pairs *pairs,
                              const float *x, const long *offsets, const float *g, float *s,
                              long sstep, long width, int adds) {
  VEC a[12][2];
  UNROLL for (int r = 0; r < R; r++)
    UNROLL for (int v = 0; v < V; v++)
      a[r][v] = adds ? NAME(load)(s + r * sstep + v * LANES) : (VEC)(0.0f);
  for (long i = 0; i < pairs->rows; i++) {
    const float *p = x + i * pairs->xrow, *q = g + i * pairs->grow;
    for (long n = 0; n < pairs->positions; n++) {
      VEC right[2];
      UNROLL for (int v = 0; v < V; v++) right[v] = NAME(load)(q + v * LANES);
      UNROLL for (int r = 0; r < R; r++) {
        const float *left = p + (kind == 0 ? r : offsets[r]);
        UNROLL for (int v = 0; v < V; v++) {
          VEC b = kind == 2 ? NAME(load)(left + v * LANES) : (VEC)(*left);
          a[r][v] = __builtin_elementwise_fma(b, right[v], a[r][v]);
        }
      }
      p += pairs->xstep;
      q += pairs->gstep;
    }
  }
  UNROLL for (int r = 0; r < R; r++)
    UNROLL for (int v = 0; v < V; v++)
      NAME(store)(s + r * sstep + v * LANES, a[r][v], width - v * LANES);
}

#define BLOCK(R, V, KIND)                                                                  \
  case R: NAME(filter_block)(R, V, KIND, pairs, x, offsets, g, s, sstep, width, adds); break;
#define SIX(V, KIND) \
  BLOCK(1, V, KIND) BLOCK(2, V, KIND) BLOCK(3, V, KIND) BLOCK(4, V, KIND) BLOCK(5, V, KIND) BLOCK(6, V, KIND)
#define TWELVE(V, KIND)                                                                    \
  SIX(V, KIND) BLOCK(7, V, KIND) BLOCK(8, V, KIND) BLOCK(9, V, KIND) BLOCK(10, V, KIND)    \
  BLOCK(11, V, KIND) BLOCK(12, V, KIND)

TARGET void NAME(filter)(const lk_pairs *pairs, const float *x, const long *offsets, const float *g,
                         float *s, long sstep, long count, long width, int adds) {
  if (width > LANES) {
    if (offsets)
      switch (count) { PAIRED(1) }
    else
      switch (count) { PAIRED(0) }
  } else if (offsets) {
    switch (count) { TWELVE(1, 1) }
  } else {
    switch (count) { TWELVE(1, 0) }
  }
}

TARGET void NAME(depth_filter)(const lk_pairs *pairs, const float *x0, const long *offsets,
                               const float *g0, float *s0, long sstep, long count, long channels,
                               int adds) {
  for (long c = 0; c < channels; c += LANES) {
    const float *x = x0 + c, *g = g0 + c;
    float *s = s0 + c;
    long width = channels - c;
    switch (count) { TWELVE(1, 2) }
  }
}
#undef BLOCK
#undef SIX
#undef TWELVE

// The largest element of a window of ny rows and nx columns; NaN if one is.
INNER VEC NAME(largest)(const lk_pool *pool, const float *x, long ny, long nx) {
  VEC best = NAME(load)(x);
  for (long i = 0; i < ny; i++)
    for (long j = 0; j < nx; j++) {
      VEC next = NAME(load)(x + i * pool->row + j * pool->column);
      best = NAME(select)((best >= next) | (best != best), best, next);
    }
  return best;
}

// The gradient at the first largest element of a window.
INNER void NAME(spread)(const lk_pool *pool, const float *x, long ny, long nx, VEC best, VEC g,
                        float *y, long n, const int adds) {
  INTS open = (INTS)(-1);
  for (long i = 0; i < ny; i++)
    for (long j = 0; j < nx; j++) {
      long place = i * pool->row + j * pool->column;
      VEC own = NAME(load)(x + place);
      INTS hit = open & ((own == best) | (own != own));
      open &= ~hit;
      VEC part = (VEC)(hit & (INTS)g);
      NAME(store)(y + place, adds ? NAME(load)(y + place) + part : part, n);
    }
}

// What stands at the place of the first largest element of a window.
INNER VEC NAME(chosen)(const lk_pool *pool, const float *x, long ny, long nx, VEC best,
                       const float *from) {
  INTS open = (INTS)(-1);
  VEC result = (VEC)(0.0f);
  for (long i = 0; i < ny; i++)
    for (long j = 0; j < nx; j++) {
      long place = i * pool->row + j * pool->column;
      VEC own = NAME(load)(x + place);
      INTS hit = open & ((own == best) | (own != own));
      open &= ~hit;
      result = NAME(select)(hit, NAME(load)(from + place), result);
    }
  return result;
}

INNER void NAME(pool_window)(const lk_pool *pool, const float *x, float *y, const float *g, long ny,
                             long nx) {
  for (long c = 0; c < pool->channels; c += LANES) {
    long n = pool->channels - c;
    VEC best = NAME(largest)(pool, x + c, ny, nx);
    if (pool->kind == 0)
      NAME(store)(y + c, best, n);
    else if (pool->kind == 1)
      NAME(spread)(pool, x + c, ny, nx, best, NAME(load)(g + c), y + c, n, 0);
    else if (pool->kind == 2)
      NAME(spread)(pool, x + c, ny, nx, best, NAME(load)(g + c), y + c, n, 1);
    else
      NAME(store)(y + c, NAME(chosen)(pool, x + c, ny, nx, best, g + c), n);
  }
}

TARGET void NAME(pool)(const lk_pool *pool, const float *x, float *y, const float *g, long ny) {
  long ystep = pool->kind == 1 || pool->kind == 2 ? 0 : pool->channels;
  long gstep = pool->kind == 3 ? 0 : pool->channels;
  for (long o = 0; o < pool->windows; o++) {
    long left = o * pool->stride - pool->before;
    long first = left < 0 ? (-left + pool->dilation - 1) / pool->dilation : 0;
    long last = pool->width - left;
    last = last > (pool->taps - 1) * pool->dilation ? pool->taps
                                                    : (last + pool->dilation - 1) / pool->dilation;
    long start = (left + first * pool->dilation) * pool->channels;
    float *to = ystep ? y + o * ystep : y + start;
    const float *from = gstep ? g + o * gstep : g + start;
    if (ny == 2 && last - first == 2)
      NAME(pool_window)(pool, x + start, to, from, 2, 2);
    else
      NAME(pool_window)(pool, x + start, to, from, ny, last - first);
  }
}
#undef VEC
#undef INTS
#undef INNER
