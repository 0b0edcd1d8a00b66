import Foundation
import RangeImages
import Testing

@Suite struct NeighbourVoteGoldenTests {
  private struct Case: Decodable {
    struct Values: Decodable {
      var data: [Double]
    }

    var inputs: [String: Values]
    var outputs: [String: Values]
  }

  @Test(arguments: [("label_k5s5", 5, 5), ("label_k3s3", 3, 3)])
  func theVoteIsRangeNets(output: String, count: Int, window: Int) throws {
    let path = try SharedFolder.path("golden/ops/knn_postprocess.json")
    let golden = try JSONDecoder().decode(
      Case.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    func input(_ name: String) throws -> [Double] { try #require(golden.inputs[name]).data }
    let (columns, rows) = (try input("px"), try input("py"))
    let neighbourhood = Neighbourhood(
      labels: try input("proj_argmax").map { UInt8($0) },
      ranges: try input("proj_range").map { Float($0) }, rows: 8, columns: 12,
      vote: .rangeNet(classCount: 5, count: count, window: window), wraps: false)
    let classes = neighbourhood.classes(
      cells: zip(rows, columns).map { Int32($0 * 12 + $1) },
      ranges: try input("unproj_range").map { Float($0) }, threads: 2)
    #expect(classes == golden.outputs[output]?.data.map { UInt8($0) })
  }
}
