import Graphs
import Kernels
public import Tensors

/// The memory of what goes in and comes out.
extension Session {
  /// Gives the memory of an input, to be filled before `compute()`.
  ///
  /// - Precondition: the graph has an input of this name.
  public func withUnsafeInput<R>(
    _ name: String, _ body: (UnsafeMutableBufferPointer<Float>) throws -> R
  ) rethrows -> R {
    guard let value = graph.value(named: name), graph[value].source == .input else {
      preconditionFailure("the graph has no input called \(name)")
    }
    return try body(memory.elements(of: value))
  }

  /// Fills the memory of an input on all threads.
  ///
  /// - Parameters:
  ///   - name: the input's name.
  ///   - bandCount: into how many parts the work is divided.
  ///   - body: fills one part, given its number and the whole memory.
  /// - Precondition: the graph has an input of this name.
  public func fillInput(
    _ name: String, bandCount: Int,
    _ body: (_ band: Int, _ memory: UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    withUnsafeInput(name) { memory in
      pool.run(bandCount: bandCount) { band, _ in body(band, memory) }
    }
  }

  /// Gives the memory of a parameter that is not fixed.
  ///
  /// - Precondition: the graph has a parameter of this name, and parameters are not fixed.
  public func withUnsafeParameter<R>(
    _ name: String, _ body: (UnsafeMutableBufferPointer<Float>) throws -> R
  ) rethrows -> R {
    guard let value = graph.value(named: name), case .parameter = graph[value].source else {
      preconditionFailure("the graph has no parameter called \(name)")
    }
    return try body(memory.elements(of: value))
  }

  /// Gives the memory of an output whose elements are adjacent, such as a gradient.
  ///
  /// - Precondition: the graph has an output of this name, in memory without gaps.
  public func withUnsafeOutput<R>(
    _ name: String, _ body: (UnsafeMutableBufferPointer<Float>) throws -> R
  ) rethrows -> R {
    guard let output = graph.outputs.first(where: { $0.name == name }) else {
      preconditionFailure("the graph has no output called \(name)")
    }
    return try body(memory.elements(of: output.value))
  }

  /// Gives an output's elements after `compute()`: pixels one after the other, channels adjacent.
  ///
  /// - Precondition: the graph has an output of this name.
  public func output(_ name: String) -> Tensor<Float> {
    guard let output = graph.outputs.first(where: { $0.name == name }) else {
      preconditionFailure("the graph has no output called \(name)")
    }
    return tensor(output.value)
  }

  func tensor(_ value: Graph.Value) -> Tensor<Float> {
    let view = memory.view(of: value)
    var result = Tensor<Float>(view.shape)
    result.withUnsafeMutableElements { memory in
      guard let base = memory.baseAddress else { return }
      view.copy(to: TensorView(base: base, shape: view.shape))
    }
    return result
  }
}
