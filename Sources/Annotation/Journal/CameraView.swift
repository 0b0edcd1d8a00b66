public import Datasets

/// The camera's image beside a scan, and how points of the sensor's frame lie in it.
public struct CameraView: Equatable, Sendable {
  /// The image's file: a PNG or a JPEG.
  public var imagePath: String
  /// The 3x4 matrix from the sensor's frame into the image, row by row: columns and rows in pixels
  /// times the depth in metres, and the depth.
  public var matrix: [Double]
  /// The image's width and height in pixels, as the calibration says.
  public var size: SIMD2<Double>

  /// The view of a scan's camera.
  ///
  /// - Returns: nothing where the scan has no image, or its camera no calibration.
  /// - Throws: `DatasetsError` for a calibration that cannot be read.
  public init?(of scan: DatasetScan) throws {
    guard let path = scan.imagePath, let calibration = try ScanCalibration(of: scan) else {
      return nil
    }
    imagePath = path
    matrix = calibration.pixelMatrix
    size = calibration.imageSize
  }
}
