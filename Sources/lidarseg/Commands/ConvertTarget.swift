import ArgumentParser
import Datasets
import Foundation
import PointCloudIO
import PointClouds

/// What `convert` can write.
enum ConvertTarget: String, CaseIterable, ExpressibleByArgument, Sendable {
  case kittiBin = "kitti-bin"
  case semanticKITTI = "semantickitti"
  case nuScenes = "nuscenes"
  /// Range images.
  case npy
  /// Arrays of points.
  case npyPoints = "npy-points"
  case pcd
  case ply

  /// The kind of file that holds the points; the images of `npy` are written by `ConvertImage`.
  var format: ScanFormat {
    switch self {
    case .kittiBin, .semanticKITTI: .kittiBin
    case .nuScenes: .nuScenes
    case .npy, .npyPoints: .squeezeSegNpy
    case .pcd: .pcd
    case .ply: .ply
    }
  }

  private var suffix: String {
    switch self {
    case .kittiBin, .semanticKITTI: "bin"
    case .nuScenes: "pcd.bin"
    case .npy, .npyPoints: "npy"
    case .pcd, .ply: rawValue
    }
  }

  /// The file of a scan's points, which is written last.
  func points(of scan: DatasetScan, in out: URL) -> URL {
    let drive = out.appending(path: scan.drive)
    switch self {
    case .semanticKITTI: return drive.appending(path: "velodyne/\(scan.frame).\(suffix)")
    case .npy:
      // The last "_" parts drive and frame when the images are opened again.
      let frame = scan.frame.replacingOccurrences(of: "_", with: "-")
      return out.appending(path: "lidar_2d/\(scan.drive)_\(frame).\(suffix)")
    case .kittiBin, .nuScenes, .npyPoints, .pcd, .ply:
      return drive.appending(path: "\(scan.frame).\(suffix)")
    }
  }

  /// The file of a scan's labels, where they do not lie with its points.
  func labels(of scan: DatasetScan, in out: URL) -> URL? {
    self == .semanticKITTI
      ? out.appending(path: "\(scan.drive)/labels/\(scan.frame).label") : nil
  }

  /// The fields of a scan that are not written.
  func lost(of scan: Scan) -> [String] {
    switch self {
    case .semanticKITTI: format.lost(of: scan).filter { $0 != "label" }
    // The row is the ring.
    case .npy: format.lost(of: scan).filter { $0 != "ring" }
    case .kittiBin, .nuScenes, .npyPoints, .pcd, .ply: format.lost(of: scan)
    }
  }

  /// Throws where two scans would be written to one file.
  func checkNames(of dataset: Dataset, in out: URL) throws(ErrorReport) {
    var names: Set<String> = []
    for scan in dataset.scans where !names.insert(points(of: scan, in: out).path).inserted {
      throw ErrorReport(
        status: .mismatch,
        message: "frame \(scan.frame) of drive \(scan.drive) occurs twice in the data set",
        remedy: "convert its drives one by one, to folders of their own", path: scan.path)
    }
  }
}
