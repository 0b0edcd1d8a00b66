import Foundation

/// Where the reference data lies: LIDARSEG_SHARED is its folder, LIDARSEG_SCANS the folder that its
/// `data/unpack` filled.
enum SharedFolder {
  static func path(_ name: String) throws -> String { try path(name, in: "LIDARSEG_SHARED") }

  static func scans(_ name: String) throws -> String { try path(name, in: "LIDARSEG_SCANS") }

  private static func path(_ name: String, in variable: String) throws -> String {
    guard let root = ProcessInfo.processInfo.environment[variable] else {
      throw CocoaError(
        .fileNoSuchFile, userInfo: [NSLocalizedDescriptionKey: "\(variable) is not set"])
    }
    return URL(fileURLWithPath: root).appending(path: name).path
  }
}
