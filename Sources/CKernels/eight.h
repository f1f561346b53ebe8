// How functions are compiled that take eight floats at a time: TARGET stands before each, INNER before
// one that becomes a part of others, UNROLL before a loop that is written out.

#if defined(__x86_64__) && !defined(LEPTON_PORTABLE)
#define TARGET __attribute__((target("avx2,fma")))
#else
#define TARGET
#endif
#define INNER TARGET static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
