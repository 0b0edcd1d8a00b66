extension PointCloud2Message {
  /// The definition of `sensor_msgs/msg/PointCloud2` and of the types in it, in the form `ros2msg`:
  /// fields with their types, each further definition behind a line of 80 `=` and its name.
  public static let definition = """
    std_msgs/Header header
    uint32 height
    uint32 width
    sensor_msgs/PointField[] fields
    bool is_bigendian
    uint32 point_step
    uint32 row_step
    uint8[] data
    bool is_dense
    \(separator)
    MSG: std_msgs/Header
    builtin_interfaces/Time stamp
    string frame_id
    \(separator)
    MSG: builtin_interfaces/Time
    int32 sec
    uint32 nanosec
    \(separator)
    MSG: sensor_msgs/PointField
    uint8 INT8=1
    uint8 UINT8=2
    uint8 INT16=3
    uint8 UINT16=4
    uint8 INT32=5
    uint8 UINT32=6
    uint8 FLOAT32=7
    uint8 FLOAT64=8
    string name
    uint32 offset
    uint8 datatype
    uint32 count

    """

  private static let separator = String(repeating: "=", count: 80)
}
