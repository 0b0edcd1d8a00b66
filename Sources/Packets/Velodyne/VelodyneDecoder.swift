/// Turns the values of data packets into points.
///
/// A laser's azimuth is the one of its block, plus what the sensor turned until the laser fired: the
/// step to the next firing's azimuth, by time. A distance of 0 is no point.
public struct VelodyneDecoder: Sendable {
  /// The sensor's model.
  public let model: VelodyneModel
  /// Whether a second return is kept that repeats the first: a sensor that saw only one echo sends it
  /// twice.
  public let keepsRepeatedReturns: Bool

  private let channels: [VelodyneChannel]
  private let table = AzimuthTable()

  /// A decoder for one sensor.
  ///
  /// - Throws: `uncalibrated` where the calibration has another number of lasers than the model.
  public init(
    _ model: VelodyneModel, calibration: VelodyneCalibration, keepsRepeatedReturns: Bool = false
  ) throws(PacketsError) {
    guard calibration.lasers.count == model.laserCount else {
      throw PacketsError(
        .uncalibrated,
        "a calibration of \(calibration.lasers.count) lasers; a \(model.rawValue) has "
          + "\(model.laserCount)", remedy: "Use the calibration of a \(model.rawValue).")
    }
    self.model = model
    self.keepsRepeatedReturns = keepsRepeatedReturns
    channels = (0..<model.bankCount).flatMap { bank in
      (0..<VelodynePacket.channelCount).map {
        VelodyneChannel(model, calibration, bank: bank, channel: $0)
      }
    }
  }

  /// Whether a packet holds two returns of each firing.
  ///
  /// An HDL-64E does not say so; its four blocks of a firing have one azimuth.
  public func isDual(_ packet: VelodynePacket) -> Bool {
    guard model == .hdl64ES2 || model == .hdl64ES3 else { return packet.returnMode == .dual }
    let azimuths = stride(from: 0, to: VelodynePacket.blockCount, by: 2).map {
      packet.azimuth(ofBlock: $0)
    }
    return azimuths[0] == azimuths[1] && azimuths[2] == azimuths[3] && azimuths[4] == azimuths[5]
      && azimuths[0] != azimuths[2] && azimuths[2] != azimuths[4]
  }

  /// The points of one packet, in the order of its values.
  ///
  /// `time` is the packet's in nanoseconds; the points' times count from where it counts from.
  public func points(of packet: VelodynePacket, time: Int64) -> [SweepPoint] {
    var (firings, points) = (VelodyneFirings(), [SweepPoint]())
    let isDual = isDual(packet)
    firings.read(packet, bankCount: model.bankCount, isDual: isDual)
    for firing in firings.firings {
      decode(firing, of: packet, time: time, isDual: isDual, into: &points)
    }
    return points
  }

  /// Appends the points of one firing.
  func decode(
    _ firing: VelodyneFiring, of packet: VelodynePacket, time: Int64, isDual: Bool,
    into points: inout [SweepPoint]
  ) {
    let start = time &+ Int64(firing.index) * model.firingInterval
    for block in firing.blocks {
      guard let bank = packet.bank(ofBlock: block), bank < model.bankCount else { continue }
      // The first return of the same lasers lies one bank's or all banks' blocks before.
      let distance = model.bankCount == 2 ? 2 : 1
      let isSecond =
        isDual && block - distance >= firing.blocks.lowerBound
        && packet.bank(ofBlock: block - distance) == bank
      let first = isSecond && !keepsRepeatedReturns ? block - distance : nil
      decode(
        block: block, bank: bank, repeating: first, of: packet, firing, start,
        returnIndex: isSecond ? 1 : 0, into: &points)
    }
  }

  private func decode(
    block: Int, bank: Int, repeating first: Int?, of packet: VelodynePacket,
    _ firing: VelodyneFiring, _ start: Int64, returnIndex: UInt8, into points: inout [SweepPoint]
  ) {
    let bytes = packet.bytes
    let (unit, azimuth, step) = (model.distanceUnit, Float(firing.azimuth), Float(firing.step))
    var place = block * VelodynePacket.blockLength + VelodynePacket.blockHeaderLength
    let back = first.map { (block - $0) * VelodynePacket.blockLength } ?? 0
    for index in 0..<VelodynePacket.channelCount {
      defer { place += 3 }
      let distance = Int(bytes[place]) | Int(bytes[place + 1]) << 8
      if distance == 0 { continue }
      if back > 0, bytes[place] == bytes[place - back], bytes[place + 1] == bytes[place + 1 - back],
        bytes[place + 2] == bytes[place + 2 - back]
      {
        continue
      }
      let channel = channels[bank * VelodynePacket.channelCount + index]
      var point = channel.point(
        distance: distance, unit: unit, azimuth: azimuth, step: step, table: table)
      point.time = start &+ channel.delay
      point.intensity = bytes[place + 2]
      point.returnIndex = returnIndex
      points.append(point)
    }
  }
}
