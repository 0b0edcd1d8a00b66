import PointClouds
import RangeImages

extension ClassifiedImage {
  /// The cells of the image by truth and prediction, as SqueezeSeg's authors count them
  /// (BichenWuUCB/SqueezeSeg, `evaluate_iou`): before labels are carried back to points, without a limit
  /// of range, and with empty cells as rest that is predicted as rest.
  ///
  /// A cell whose point has no known truth is left out, and so are cells that look beside the protocol's
  /// window.
  func pixels(
    truth: [PointLabel], under item: EvaluationProtocol, labelMap: LabelMap
  ) -> ConfusionMatrix {
    var matrix = ConfusionMatrix(classes: labelMap.classes.map(\.name))
    let image = projection.image
    let geometry = projection.geometry
    let isSeen = (0..<image.columns).map { column in
      item.includes(
        azimuth: geometry.left - (Double(column) + 0.5) * geometry.span / Double(image.columns))
    }
    for (cell, point) in image.pointIndex.enumerated() where isSeen[cell % image.columns] {
      if point < 0 {
        if let rest = labelMap.restPosition { matrix.add(truth: rest, prediction: rest) }
      } else if case .index(let position) = labelMap.meaning(of: truth[Int(point)].semantic) {
        matrix.add(truth: position, prediction: Int(classes[cell]))
      }
    }
    return matrix
  }
}
