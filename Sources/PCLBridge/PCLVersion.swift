import CPCL

/// The Point Cloud Library this program is built on.
public enum PCL {
  /// Its version, for example `1.13.0`.
  public static var version: String { String(cString: cpcl_version()) }
}
