import Evaluation
import Foundation
import Testing

/// The reference case of the metric.
@Suite struct EvaluationAcceptanceTests {
  private struct Golden: Decodable {
    struct Integers: Decodable { var data: [Int] }
    struct Numbers: Decodable { var data: Flexible }
    struct Inputs: Decodable {
      var pred: Integers
      var label: Integers
    }
    struct Outputs: Decodable {
      var tp: Integers
      var fp: Integers
      var fn: Integers
      var iou: Numbers
      var precision: Numbers
      var recall: Numbers
      var meanOfObjects: Numbers

      private enum CodingKeys: String, CodingKey {
        case tp
        case fp
        case fn
        case iou
        case precision
        case recall
        case meanOfObjects = "miou_objects"
      }
    }
    /// A number or a list of them.
    struct Flexible: Decodable {
      var values: [Double]

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Double.self) {
          values = [value]
        } else {
          values = try container.decode([Double].self)
        }
      }
    }

    var inputs: Inputs
    var outputs: Outputs
  }

  @Test func theMatrixGivesTheReferencesCountsAndScores() throws {
    let path = try SharedFolder.path("golden/ops/iou.json")
    let golden = try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    var matrix = ConfusionMatrix(classes: ["background", "car", "person", "cyclist"])
    for (truth, prediction) in zip(golden.inputs.label.data, golden.inputs.pred.data) {
      matrix.add(truth: truth, prediction: prediction)
    }
    let outputs = golden.outputs
    #expect((0..<4).map { Int(matrix.truePositives($0)) } == outputs.tp.data)
    #expect((0..<4).map { Int(matrix.falsePositives($0)) } == outputs.fp.data)
    #expect((0..<4).map { Int(matrix.falseNegatives($0)) } == outputs.fn.data)
    for position in 0..<4 {
      // The reference adds 1e-12 to each denominator.
      #expect(close(matrix.iou(position), outputs.iou.data.values[position]))
      #expect(close(matrix.precision(position), outputs.precision.data.values[position]))
      #expect(close(matrix.recall(position), outputs.recall.data.values[position]))
    }
    #expect(close(matrix.meanIoU(over: [1, 2, 3]), outputs.meanOfObjects.data.values[0]))
  }

  private func close(_ value: Double?, _ expected: Double) -> Bool {
    guard let value else { return false }
    return abs(value - expected) < 1e-9
  }
}
