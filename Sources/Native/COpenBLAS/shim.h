#pragma once
#include <cblas.h>

// LAPACK's drivers as OpenBLAS exports them; Debian's package has no header for them.

/// Eigenvalues, in ascending order, and eigenvectors of a symmetric matrix.
void dsyev_(const char *job, const char *triangle, const int *n, double *a, const int *lda,
            double *w, double *work, const int *lwork, int *info);
/// The same of A x = lambda B x, where B is positive definite.
void dsygv_(const int *type, const char *job, const char *triangle, const int *n, double *a,
            const int *lda, double *b, const int *ldb, double *w, double *work, const int *lwork,
            int *info);
