import Foundation
import Tensors
import TestSupport
import Testing
import Training

extension Checkpoint {
  /// A small checkpoint; different steps have different tensors.
  static func sample(step: Int = 1200) -> Self {
    Checkpoint(
      state: CheckpointState(
        step: step, bestScore: 0.1 + 0.2, bestStep: 7, recipe: "rate: 0.1\nname: \"ä/b\"\n",
        seed: .max, ranks: 2, threads: 3, backend: "avx2", program: "0.1.0"),
      tensors: [
        "weights/fire2/kernel": Tensor([2, 3], [1, -2, 3.5, 0, .infinity, Float(step)]),
        "momentum/fire2/kernel": Tensor([2, 3], repeating: -0.0),
        "average/bias": Tensor([5], [.leastNonzeroMagnitude, 2, 3, 4, 5]),
      ])
  }
}

@Suite struct CheckpointTests {
  @Test func aCheckpointComesBackAsItWas() throws {
    let bytes = try Checkpoint.sample().bytes()
    let read = try Checkpoint(bytes, path: "a")
    #expect(read == .sample())
    #expect(try read.bytes() == bytes)
    #expect(read.state.seed == .max && read.state.bestScore == 0.1 + 0.2)
  }

  @Test func aStateWithoutAScoreComesBackWithoutOne() throws {
    var checkpoint = Checkpoint.sample()
    checkpoint.state.bestScore = nil
    checkpoint.state.bestStep = nil
    #expect(try Checkpoint(checkpoint.bytes(), path: "a") == checkpoint)
  }

  @Test func aChangedTensorIsNamedWithItsPlace() throws {
    var bytes = try Checkpoint.sample().bytes()
    let header = bytes.prefix(2).reversed().reduce(0) { $0 << 8 | Int($1) }
    // The average of five elements comes first, then the momentum of six.
    let place = 8 + header + 20
    bytes[place + 3] ^= 1
    let error = #expect(throws: TrainingError.self) { try Checkpoint(bytes, path: "run/a") }
    #expect(error?.code == .damaged)
    #expect(error?.path == "run/a")
    #expect(error?.offset == place)
    #expect(error?.message.contains("momentum/fire2/kernel") == true)
    #expect(error?.remedy.contains("delete this file") == true)
  }

  @Test func noChangedBitGoesUnnoticed() throws {
    let bytes = try Checkpoint.sample().bytes()
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1 << UInt8(place % 8)
      // A changed blank is still the same checkpoint; nothing else may be read.
      do {
        let read = try Checkpoint(changed, path: "a")
        #expect(read == .sample(), "byte \(place)")
      } catch {
        #expect(error.code == .damaged, "byte \(place)")
      }
    }
  }

  @Test func aFileThatEndsEarlyIsDamaged() throws {
    let bytes = try Checkpoint.sample().bytes()
    for count in bytes.indices {
      let error = #expect(throws: TrainingError.self) {
        try Checkpoint(bytes.prefix(count), path: "a")
      }
      #expect(error?.code == .damaged)
    }
  }

  @Test func tensorsThatDoNotFitAreAllListed() throws {
    let checkpoint = Checkpoint.sample()
    var expected = checkpoint.tensors.mapValues(\.shape)
    try checkpoint.check(against: expected)
    expected["average/bias"] = nil
    expected["average/scale"] = [5]
    expected["weights/fire2/kernel"] = [3, 2]
    let error = #expect(throws: TrainingError.self) {
      try checkpoint.check(against: expected, path: "a")
    }
    #expect(error?.code == .mismatched)
    #expect(error?.path == "a")
    #expect(
      error?.message.hasSuffix(
        "missing: average/scale; unexpected: average/bias; "
          + "of another shape: weights/fire2/kernel (2x3, not 3x2)") == true)
  }

  @Test func anotherRecipeIsRefusedWithTheLinesThatDiffer() throws {
    let state = Checkpoint.sample().state
    try state.check(recipe: state.recipe)
    let error = #expect(throws: TrainingError.self) {
      try state.check(recipe: "rate: 0.2\nname: \"ä/b\"\nsteps: 5\n", path: "run/a")
    }
    #expect(error?.code == .mismatched)
    #expect(
      error?.message.hasSuffix(
        "it has \"rate: 0.1\"; asked for is \"rate: 0.2\", \"steps: 5\"") == true)
    #expect(error?.message.contains("ä") == false)
  }
}
