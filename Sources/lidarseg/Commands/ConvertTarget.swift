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
  case las
  /// All scans as messages of points in one file.
  case mcap

  /// The kind of file that holds a scan's points; the images of `npy` are written by `ConvertImage`, and
  /// `mcap` holds all scans.
  var format: ScanFormat? {
    switch self {
    case .kittiBin, .semanticKITTI: .kittiBin
    case .nuScenes: .nuScenes
    case .npy, .npyPoints: .squeezeSegNpy
    case .pcd: .pcd
    case .ply: .ply
    case .las: .las
    case .mcap: nil
    }
  }

  private var suffix: String {
    switch self {
    case .kittiBin, .semanticKITTI: "bin"
    case .nuScenes: "pcd.bin"
    case .npy, .npyPoints: "npy"
    case .pcd, .ply, .las, .mcap: rawValue
    }
  }

  /// The file of a scan's points, which is written last; nothing where one file holds all scans.
  func points(of scan: ScanName, in out: URL) -> URL? {
    let drive = scan.drive.isEmpty ? out : out.appending(path: scan.drive)
    switch self {
    case .semanticKITTI: return drive.appending(path: "velodyne/\(scan.frame).\(suffix)")
    case .npy:
      // The last "_" parts drive and frame when the images are opened again.
      let frame = scan.frame.replacingOccurrences(of: "_", with: "-")
      return out.appending(path: "lidar_2d/\(scan.drive)_\(frame).\(suffix)")
    case .kittiBin, .nuScenes, .npyPoints, .pcd, .ply, .las:
      return drive.appending(path: "\(scan.frame).\(suffix)")
    case .mcap: return nil
    }
  }

  /// The file that holds all scans: `out` itself where it is named so.
  func whole(in out: URL) -> URL? {
    guard self == .mcap else { return nil }
    return out.pathExtension == suffix ? out : out.appending(path: "scans.\(suffix)")
  }

  /// The file of a scan's labels, where they do not lie with its points.
  func labels(of scan: ScanName, in out: URL) -> URL? {
    guard self == .semanticKITTI else { return nil }
    let drive = scan.drive.isEmpty ? out : out.appending(path: scan.drive)
    return drive.appending(path: "labels/\(scan.frame).label")
  }

  /// The fields of a scan that are not written.
  func lost(of scan: Scan) -> [String] {
    switch self {
    case .semanticKITTI: ScanFormat.kittiBin.lost(of: scan).filter { $0 != "label" }
    // The row is the ring.
    case .npy: ScanFormat.squeezeSegNpy.lost(of: scan).filter { $0 != "ring" }
    case .kittiBin, .nuScenes, .npyPoints, .pcd, .ply, .las, .mcap:
      format?.lost(of: scan) ?? []
    }
  }

  /// Throws where two scans would be written to one file.
  func checkNames(of dataset: Dataset, in out: URL) throws(ErrorReport) {
    var names: Set<String> = []
    for (position, scan) in dataset.scans.enumerated() {
      let file = points(of: ScanName(scan, at: position), in: out)
      guard let file, !names.insert(file.path).inserted else { continue }
      throw ErrorReport(
        status: .mismatch,
        message: "frame \(scan.frame) of drive \(scan.drive) occurs twice in the data set",
        remedy: "convert its drives one by one, to folders of their own", path: scan.path)
    }
  }
}
