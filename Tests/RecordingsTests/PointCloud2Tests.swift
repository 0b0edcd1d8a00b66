import PointClouds
import Recordings
import Testing

@Suite struct PointCloud2 {
  /// Little- or big-endian bytes of values, as a publisher would pack them.
  private struct Packed {
    var bytes: [UInt8] = []
    var isBig = false

    mutating func add<Whole: FixedWidthInteger>(_ value: Whole) {
      withUnsafeBytes(of: isBig ? value.bigEndian : value.littleEndian) { bytes += $0 }
    }

    mutating func add(_ value: Float) { add(value.bitPattern) }
  }

  private func message(
    _ data: [UInt8], _ fields: [PointField], step: Int, width: Int, height: Int = 1,
    rowStep: Int? = nil, isBig: Bool = false
  ) -> PointCloud2Message {
    PointCloud2Message(
      header: MessageHeader(stamp: 5, frame: "lidar"), height: height, width: width,
      fields: fields, isBigEndian: isBig, pointStep: step, rowStep: rowStep ?? step * width,
      data: data, isDense: true)
  }

  private let axes = ["x", "y", "z"].enumerated().map {
    PointField(name: $1, offset: 4 * $0, storage: .float32)
  }

  @Test(arguments: [false, true])
  func fieldsAreFoundInAnyOrderAtAnyByteInEitherEndianness(isBig: Bool) throws {
    var data = Packed(isBig: isBig)
    for index in 0..<3 {
      data.add(UInt8(200 + index))
      data.add(Float(index) + 0.5)
      data.add(UInt16(7 * index))
      data.add(Float(index) - 100)
      data.add(UInt32(1000 * index))
      data.add(-Float(index))
    }
    let fields = [
      PointField(name: "Z", offset: 1, storage: .float32),
      PointField(name: "channel", offset: 5, storage: .uint16, count: 0),
      PointField(name: "x", offset: 7, storage: .float32),
      PointField(name: "t", offset: 11, storage: .uint32),
      PointField(name: "y", offset: 15, storage: .float32),
      PointField(name: "reflectivity", offset: 0, storage: .uint8),
    ]
    let cloud = try message(data.bytes, fields, step: 19, width: 3, isBig: isBig).scan().cloud
    #expect(cloud.x == [-100, -99, -98] && cloud.y == [0, -1, -2] && cloud.z == [0.5, 1.5, 2.5])
    #expect(cloud.intensity == [200, 201, 202])
    #expect(cloud.ring == [0, 7, 14])
    #expect(cloud.time == [0, 1e-6, 2e-6])
    #expect(
      cloud.extraFields == [ExtraField(name: "t", values: [0, 1000, 2000], storage: .uint32)])
  }

  @Test func everyTypeIsReadAndFieldsWithoutARoleAreKept() throws {
    var data = Packed()
    for axis in [1, 2, 3] as [Float] { data.add(axis) }
    data.add(Int8(-8))
    data.add(UInt8(8))
    data.add(Int16(-16))
    data.add(UInt16(16))
    data.add(Int32(-32))
    data.add(UInt32(32))
    data.add(Float(0.25))
    data.add((0.1 as Double).bitPattern)
    data.add(Float(6))
    data.add(Float(7))
    var offset = 12
    var fields = axes
    for storage in ExtraField.Storage.allCases {
      fields.append(PointField(name: "\(storage)", offset: offset, storage: storage))
      offset += [1, 1, 2, 2, 4, 4, 4, 8][fields.count - 4]
    }
    fields.append(PointField(name: "normal", offset: offset, storage: .float32, count: 2))
    let cloud = try message(data.bytes, fields, step: offset + 8, width: 1).scan().cloud
    #expect(
      cloud.extraFields.map(\.values) == [
        [-8], [8], [-16], [16], [-32], [32], [0.25], [0.1], [6], [7],
      ])
    #expect(cloud.extraFields.map(\.storage).prefix(8) == ExtraField.Storage.allCases[...])
    #expect(cloud.extraFields.suffix(2).map(\.name) == ["normal_0", "normal_1"])
    #expect(cloud.intensity == [0])
  }

  @Test func paddingBetweenRowsIsPassedOver() throws {
    var data = Packed()
    for row in 0..<2 {
      for column in 0..<2 {
        for axis in 0..<3 { data.add(Float(100 * row + 10 * column + axis)) }
      }
      data.bytes += [0xFF, 0xFF, 0xFF]
    }
    let cloud = try message(
      data.bytes.dropLast(3), axes, step: 12, width: 2, height: 2, rowStep: 27
    ).scan().cloud
    #expect(cloud.x == [0, 10, 100, 110] && cloud.z == [2, 12, 102, 112])
  }

  @Test(arguments: [
    ("time", [0.5, 0.25] as [Double], false, [0.5, 0.25] as [Float]),
    ("timestamp", [1.7e9, 1.7e9 + 0.125], true, [0, 0.125]),
    ("timestamp", [1.7e18, 1.7e18 + 67_108_864], true, [0, 0.067_108_864]),
    ("t", [0, 5e7], false, [0, 0.05]),
  ])
  func realTimesAreSecondsOrNanosecondsByTheirSpread(
    name: String, values: [Double], isDouble: Bool, seconds: [Float]
  ) throws {
    var data = Packed()
    for value in values {
      for axis in [1, 2, 3] as [Float] { data.add(axis) }
      if isDouble { data.add(value.bitPattern) } else { data.add(Float(value)) }
    }
    let field = PointField(name: name, offset: 12, storage: isDouble ? .float64 : .float32)
    let cloud = try message(
      data.bytes, axes + [field], step: isDouble ? 20 : 16, width: 2
    ).scan().cloud
    #expect(cloud.time == seconds)
    #expect(cloud.extraFields.map(\.name) == (name == "time" ? [] : [name]))
  }

  @Test func aScanComesBackWithEveryFieldAndBit() throws {
    let scan = SampleMessages.scan(17)
    let sent = PointCloud2Message(scan, header: MessageHeader(stamp: 1_234_567_890_123, frame: "a"))
    let message = try PointCloud2Message(decoding: sent.encoded(), as: .cdr)
    #expect(message == sent)
    #expect(try message.scan() == scan)
  }

  @Test func labelsConfidencesAndColoursAreWrittenAsViewersExpectThem() throws {
    let scan = SampleMessages.scan(2)
    let message = PointCloud2Message(
      scan, confidences: [0.5, 1],
      colors: [LabelColor(red: 1, green: 2, blue: 3), LabelColor(red: 255, green: 0, blue: 254)],
      labelWidth: .uint16)
    let rgb = try #require(message.fields.first { $0.name == "rgb" })
    #expect(rgb.storage == .float32)
    #expect(Array(message.data[rgb.offset..<rgb.offset + 4]) == [3, 2, 1, 0])
    let read = try message.scan()
    #expect(read.labels == scan.labels?.map { PointLabel(semantic: $0.semantic) })
    let fields = read.cloud.extraFields
    #expect(fields.first { $0.name == "confidence" }?.values == [0.5, 1])
    #expect(fields.first { $0.name == "rgb" }?.values == [0x01_02_03, 0xFF_00_FE])
  }

  @Test func noPointsAreACloud() throws {
    let message = PointCloud2Message(Scan(cloud: PointCloud()))
    #expect(try PointCloud2Message(decoding: message.encoded(), as: .cdr).scan().cloud.count == 0)
    #expect(try self.message([], [], step: 0, width: 0).scan().cloud.count == 0)
  }

  @Test func pointsOrFieldsBeyondTheDataAreRefused() throws {
    let data = [UInt8](repeating: 0, count: 24)
    #expect(try message(data, axes, step: 12, width: 2).scan().cloud.count == 2)
    let far = axes + [PointField(name: "far", offset: 11, storage: .uint16)]
    let huge = axes + [PointField(name: "huge", offset: 0, storage: .uint8, count: 4_294_967_295)]
    let many = axes + [PointField(name: "many", offset: 0, storage: .uint8, count: 12)]
    let wrong = [
      message(data, axes, step: 12, width: 3), message(data, axes, step: 0, width: 2),
      message(data, axes, step: 12, width: 4_294_967_295, height: 4_294_967_295),
      message(data, axes, step: 4_294_967_295, width: 1), message(data, far, step: 12, width: 2),
      message(data, huge, step: 12, width: 2), message(data, many + many, step: 12, width: 2),
      message(data, axes, step: 12, width: 1, height: 2, rowStep: 11),
      message(data, axes, step: 12, width: 1, height: 2, rowStep: 13),
    ]
    for message in wrong {
      let error = #expect(throws: RecordingsError.self) { try message.scan() }
      #expect(error?.code == .damaged)
    }
    let error = #expect(throws: RecordingsError.self) {
      try message(data, Array(axes[1...]), step: 12, width: 2).scan()
    }
    #expect(error?.code == .unsupported)
  }

  /// There are no data to hold it to, and it would become a column for each byte.
  @Test func aWidePointThatNoDataHoldIsRefused() {
    let wide = axes + [PointField(name: "wide", offset: 0, storage: .uint8, count: 4_000_000_000)]
    let error = #expect(throws: RecordingsError.self) {
      try message([], wide, step: 4_294_967_295, width: 0, rowStep: 0).scan()
    }
    #expect(error?.code == .damaged)
  }

  @Test func aMessageCutAtAnyByteIsRefused() throws {
    let bytes = PointCloud2Message(SampleMessages.scan(3)).encoded()
    for count in 0..<bytes.count {
      #expect(throws: RecordingsError.self) {
        try PointCloud2Message(decoding: Array(bytes[..<count]), as: .cdr)
      }
    }
  }
}
