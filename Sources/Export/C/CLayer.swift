/// One computation of a C program: a function of its own.
struct CLayer {
  /// The node that is computed.
  let name: String
  /// What is computed of what, for people.
  let comment: String
  /// Multiply-accumulates, as the graph counts them.
  let multiplyAccumulates: Int
  /// The statements in the function.
  let body: String
}
