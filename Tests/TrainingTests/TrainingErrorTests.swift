import Testing
import Training

@Suite struct TrainingErrorTests {
  @Test func anErrorTellsItsPlace() {
    let error = TrainingError(
      .damaged, "a tensor's checksum is wrong", remedy: "use the one before", path: "run/a",
      offset: 12)
    #expect(error.path == "run/a" && error.offset == 12)
  }
}
