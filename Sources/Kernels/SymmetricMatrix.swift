import COpenBLAS
import Foundation

/// A symmetric matrix in double precision, and what of its eigenvectors is needed here.
struct SymmetricMatrix {
  let size: Int
  /// Row by row.
  var elements: [Double]

  init(size: Int, _ element: (Int, Int) -> Double) {
    self.size = size
    elements = (0..<size * size).map { element($0 / size, $0 % size) }
  }

  subscript(row: Int, column: Int) -> Double { elements[row * size + column] }

  static func - (left: Self, right: Self) -> Self {
    Self(size: left.size) { left[$0, $1] - right[$0, $1] }
  }

  static func * (factor: Double, matrix: Self) -> Self {
    Self(size: matrix.size) { factor * matrix[$0, $1] }
  }

  /// The squared Frobenius norm.
  var squaredNorm: Double { elements.reduce(0) { $0 + $1 * $1 } }

  /// Eigenvalues with their vectors, one vector after the other.
  struct Eigensystem {
    let values: [Double]
    let vectors: [Double]
    var size: Int { values.count }

    /// The `i`th element of the `k`th vector.
    func vector(_ k: Int, _ i: Int) -> Double { vectors[k * size + i] }

    /// `sum_kl u_k w_kl u_l^T` for a matrix of weights.
    func assembled(_ weight: (Int, Int) -> Double) -> SymmetricMatrix {
      let weights = SymmetricMatrix(size: size, weight)
      let half = SymmetricMatrix(size: size) { k, j in
        (0..<size).reduce(0) { $0 + weights[k, $1] * vector($1, j) }
      }
      return SymmetricMatrix(size: size) { i, j in
        (0..<size).reduce(0) { $0 + vector($1, i) * half[$1, j] }
      }
    }

    /// The matrix whose eigenvalues are a function of these.
    func applying(_ function: (Double) -> Double) -> SymmetricMatrix {
      assembled { $0 == $1 ? function(values[$0]) : 0 }
    }

    /// `u_k^T M u_l`.
    func rotated(_ matrix: SymmetricMatrix) -> SymmetricMatrix {
      let half = SymmetricMatrix(size: size) { i, l in
        (0..<size).reduce(0) { $0 + matrix[i, $1] * vector(l, $1) }
      }
      return SymmetricMatrix(size: size) { k, l in
        (0..<size).reduce(0) { $0 + vector(k, $1) * half[$1, l] }
      }
    }
  }

  /// Its eigenvalues, in ascending order, and orthonormal eigenvectors, by LAPACK's `dsyev`.
  func eigensystem() -> Eigensystem {
    var (vectors, values) = (elements, [Double](repeating: 0, count: size))
    var work = [Double](repeating: 0, count: max(1, 34 * size))
    var (n, length, status) = (Int32(size), Int32(work.count), Int32(0))
    OpenBLAS.useOneThread()
    dsyev_("V", "U", &n, &vectors, &n, &values, &work, &length, &status)
    precondition(status == 0, "dsyev ended with \(status) on \(size) x \(size)")
    return Eigensystem(values: values, vectors: vectors)
  }

  /// The solutions of `self v = lambda other v`, with `v^T other v = 1`, by LAPACK's `dsygv`.
  ///
  /// - Precondition: `other` is positive definite.
  func eigensystem(relativeTo other: Self) -> Eigensystem {
    var (vectors, factor) = (elements, other.elements)
    var values = [Double](repeating: 0, count: size)
    var work = [Double](repeating: 0, count: max(1, 34 * size))
    var (type, n, length, status) = (Int32(1), Int32(size), Int32(work.count), Int32(0))
    OpenBLAS.useOneThread()
    dsygv_(
      &type, "V", "U", &n, &vectors, &n, &factor, &n, &values, &work, &length, &status)
    precondition(status == 0, "dsygv ended with \(status) on \(size) x \(size)")
    return Eigensystem(values: values, vectors: vectors)
  }
}
