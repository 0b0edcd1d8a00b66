import Adaptation
import Testing

struct CandidateTests {
  private func candidate(_ name: String, _ iou: Double, _ agreement: Double) -> Candidate {
    Candidate(name: name, simulatedIoU: iou, entropy: 0.1, agreement: agreement)
  }

  @Test func theSteadiestThatForgetsLittleIsChosen() {
    let candidates = [
      candidate("source", 0.50, 0.80), candidate("round 1", 0.48, 0.85),
      candidate("round 2", 0.40, 0.95),
    ]
    #expect(candidates.chosen(allowedLoss: 0.03) == 1)
    #expect(candidates.chosen(allowedLoss: 0.2) == 2)
    #expect(candidates.chosen(allowedLoss: 0) == 0)
  }
}
