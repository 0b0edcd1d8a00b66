package import Tensors

/// Everything that training needs to go on as if it had never stopped.
package struct Checkpoint: Equatable, Sendable {
  /// Where the run is.
  package var state: CheckpointState
  /// Its tensors; names begin with what they are: `weights/`, `momentum/`, `average/`.
  package var tensors: [String: Tensor<Float>]

  /// A checkpoint; see the properties.
  package init(state: CheckpointState, tensors: [String: Tensor<Float>]) {
    self.state = state
    self.tensors = tensors
  }

  /// Refuses a checkpoint whose tensors are not exactly the expected ones.
  ///
  /// - Throws: `.mismatched` with all that are missing, unexpected or of another shape.
  package func check(
    against expected: [String: TensorShape], path: String? = nil
  ) throws(TrainingError) {
    let missing = expected.keys.filter { tensors[$0] == nil }.sorted()
    let unexpected = tensors.keys.filter { expected[$0] == nil }.sorted()
    let misshapen = expected.keys.sorted().compactMap { name -> String? in
      guard let shape = expected[name], let found = tensors[name]?.shape, found != shape else {
        return nil
      }
      return "\(name) (\(found), not \(shape))"
    }
    let faults = [
      ("missing", missing), ("unexpected", unexpected), ("of another shape", misshapen),
    ].filter { !$1.isEmpty }
    guard !faults.isEmpty else { return }
    throw TrainingError(
      .mismatched,
      "the checkpoint is of another network: "
        + faults.map { "\($0): \($1.joined(separator: ", "))" }.joined(separator: "; "),
      remedy: "give the recipe of this run, or train in another folder", path: path)
  }
}
