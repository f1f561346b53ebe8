#include <cblas.h>

// LAPACK, which comes with OpenBLAS but has no header there. Matrices stand column by column; the
// lengths of texts come last, as Fortran passes them. Each routine for float (`s`) and double (`d`).

#define LEPTON_LAPACK(real, name)                                                                  \
  /* The LU factors of a matrix, with exchanges of rows. */                                        \
  void name##getrf_(const int *m, const int *n, real *a, const int *lda, int *pivots, int *info);  \
  /* The solution of equations whose matrix is given by its LU factors. */                         \
  void name##getrs_(                                                                               \
      const char *transposed, const int *n, const int *columns, const real *a, const int *lda,     \
      const int *pivots, real *b, const int *ldb, int *info, size_t);                              \
  /* The Cholesky factor of a positive definite matrix. */                                         \
  void name##potrf_(                                                                               \
      const char *triangle, const int *n, real *a, const int *lda, int *info, size_t);             \
  /* Eigenvalues and eigenvectors of a symmetric matrix, by divide and conquer. */                 \
  void name##syevd_(                                                                               \
      const char *job, const char *triangle, const int *n, real *a, const int *lda, real *values,  \
      real *work, const int *count, int *integers, const int *integerCount, int *info, size_t,     \
      size_t);                                                                                     \
  /* The singular value decomposition, by divide and conquer. */                                   \
  void name##gesdd_(                                                                               \
      const char *job, const int *m, const int *n, real *a, const int *lda, real *values, real *u, \
      const int *ldu, real *vt, const int *ldvt, real *work, const int *count, int *integers,      \
      int *info, size_t);                                                                          \
  /* The factors of a matrix, lower triangular times orthogonal. */                                \
  void name##gelqf_(                                                                               \
      const int *m, const int *n, real *a, const int *lda, real *scales, real *work,               \
      const int *count, int *info);                                                                \
  /* The orthogonal one of these factors. */                                                       \
  void name##orglq_(                                                                               \
      const int *m, const int *n, const int *k, real *a, const int *lda, const real *scales,       \
      real *work, const int *count, int *info);

LEPTON_LAPACK(float, s)
LEPTON_LAPACK(double, d)

#undef LEPTON_LAPACK
