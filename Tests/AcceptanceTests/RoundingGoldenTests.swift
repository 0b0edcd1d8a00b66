import Foundation
import Graphs
import Kernels
import Tensors
import TestSupport
import Testing

/// Rounded activations with their gradients, and what networks of several widths of numbers cost.
struct RoundingGoldenTests {
  @Test(arguments: [2, 4, 8])
  func activationsClippedAtALearnedEndAreThoseOfPACT(_ bits: Int) throws {
    let golden = try KernelsGolden("pact")
    let x = try golden.input("x").data
    var graph = Graph()
    let value = try graph.parameter("x", [x.count])
    let range = try graph.parameter("range", [2])
    try graph.output(
      "y",
      try graph.apply(.rangeRounding(RangeRounding(bits: bits)), to: [value, range], name: "y"))
    let weights = (0..<x.count).map { -1 + 2 * Double($0) / Double(x.count - 1) }
    let found = try plainOutputs(
      of: try graph.differentiated("y"),
      ["x": Tensor([x.count], x), "range": Tensor([2], [0, try golden.input("alpha").data[0]])],
      [Graph.seedName: Tensor([x.count], weights)])
    func expect(_ name: String, _ part: (Tensor<Double>) -> [Double], _ wanted: String) throws {
      let expected = try golden.output(wanted).data
      let values = part(try #require(found[name]))
      #expect(values.count == expected.count)
      for (a, b) in zip(values, expected) { #expect(abs(a - b) < 1e-12 * max(1, abs(b))) }
    }
    try expect("y", \.elements, "pact\(bits)")
    try expect("gradient/x", \.elements, "pact\(bits)_dx")
    try expect("gradient/range", { [$0.elements[1]] }, "pact\(bits)_dalpha")
  }

  @Test(arguments: [1, 2, 4, 8])
  func activationsClippedAtOneAreThoseOfDoReFa(_ bits: Int) throws {
    let golden = try KernelsGolden("dorefa_activation")
    let x = try golden.input("x").data
    let y = try ReferenceKernels.evaluate(
      .rangeRounding(RangeRounding(bits: bits)), [Tensor([x.count], x), Tensor([2], [0, 1])])
    for (a, b) in zip(y.elements, try golden.output("a\(bits)").data) {
      #expect(abs(a - b) < 1e-12)
    }
  }
}
