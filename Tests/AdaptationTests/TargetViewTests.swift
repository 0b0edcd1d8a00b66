import Exchange
import Kernels
import RangeImages
import TestSupport
import Testing
import Training

@testable import Adaptation

@Suite struct TargetViewTests {
  /// Flat ground ahead, whatever a model of random weights takes it for.
  private func ground(_ geometry: ImageGeometry) -> LabelledImage {
    var image = LabelledImage(geometry)
    for cell in 0..<image.count {
      let (row, column) = cell.quotientAndRemainder(dividingBy: geometry.columns)
      let x = 20 / Float(row + 1)
      (image.x[cell], image.y[cell], image.z[cell]) = (x, x * (0.5 - Float(column) / 64), -1.7)
      image.intensity[cell] = Float(cell % 10) / 10
      image.range[cell] = (x * x + image.y[cell] * image.y[cell] + 1.7 * 1.7).squareRoot()
    }
    return image
  }

  private func view(_ objects: ObjectVote?) throws -> TargetView {
    let model = try TinyModel.make()
    return try TargetView(
      of: [ground(model.description.geometry)], by: model, mirrors: false, objects: objects,
      backend: .fastest, threadCount: 1)
  }

  @Test func whatObjectsSettleOnIsSure() throws {
    let plain = try view(nil)
    var vote = ObjectVote(widths: [0, .infinity, 1.5, 2.5], background: 0)
    vote.lowestHeight = .infinity
    let settled = try view(vote)
    let objects = plain.classes[0].indices.filter { plain.classes[0][$0] > 0 }
    #expect(!objects.isEmpty && settled.classes[0].allSatisfy { $0 == 0 })
    #expect(objects.allSatisfy { settled.confidences[0][$0] == 1 })
    let others = plain.classes[0].indices.filter { plain.classes[0][$0] == 0 }
    #expect(others.allSatisfy { settled.confidences[0][$0] == plain.confidences[0][$0] })
  }

  @Test func theSurestCellsOfEachClassAreBelieved() throws {
    let plain = try view(nil)
    let image = ground(try TinyModel.make().description.geometry)
    var configuration = PseudoLabelConfiguration()
    (configuration.portion, configuration.minimumConfidence) = (0.5, 0)
    let labels = PseudoLabels([image], as: plain, classCount: 4, configuration)
    for position in 0..<4 {
      let cells = plain.classes[0].indices.filter { Int(plain.classes[0][$0]) == position }
      let believed = cells.filter { Int(labels.images[0].classes[$0]) == position }
      // Equally sure cells are believed together.
      #expect(believed.count == labels.counts[position] && believed.count >= cells.count / 2)
      let least = believed.map { plain.confidences[0][$0] }.min() ?? 1
      let doubted = Set(cells).subtracting(believed).map { plain.confidences[0][$0] }.max() ?? 0
      #expect(doubted < least)
    }
  }
}
