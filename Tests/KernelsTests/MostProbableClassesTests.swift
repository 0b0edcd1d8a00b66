import Foundation
import Kernels
import Tensors
import Testing

@Suite struct MostProbableClassesTests {
  @Test(arguments: Backend.available)
  func theyAreTheSoftmaxOfTheGreatestScore(_ backend: Backend) {
    for (pixels, count) in [(1, 1), (7, 4), (53, 4), (16, 20), (5, 256)] {
      var random = SplitMix(state: 7)
      let scores = (0..<pixels * count).map { _ in Float.random(in: -30...30, using: &random) }
      let found = MostProbableClasses(
        of: Tensor([pixels, count], scores), by: backend)
      #expect(found.classes.count == pixels && found.probabilities.count == pixels)
      for pixel in 0..<pixels {
        let own = scores[pixel * count..<(pixel + 1) * count].map(Double.init)
        let greatest = own.max() ?? 0
        let sum = own.reduce(0) { $0 + exp($1 - greatest) }
        #expect(own[Int(found.classes[pixel])] == greatest)
        #expect(abs(Double(found.probabilities[pixel]) - 1 / sum) < 2e-6)
      }
    }
  }

  @Test(arguments: Backend.available)
  func ofEqualScoresTheFirstWinsAndWhatIsNoNumberStaysVisible(_ backend: Backend) {
    let scores: [Float] = [1, 2, 2, 0, 0, 0, -3e38, 3e38, 3e38, .nan, 1, 2, 1, .nan, 2]
    let found = MostProbableClasses(of: Tensor([5, 3], scores), by: backend)
    #expect(found.classes[..<3] == [1, 0, 1])
    #expect(
      abs(found.probabilities[1] - 1.0 / 3) < 1e-6 && abs(found.probabilities[2] - 0.5) < 1e-6)
    #expect(found.probabilities[3].isNaN && found.probabilities[4].isNaN)
  }
}
