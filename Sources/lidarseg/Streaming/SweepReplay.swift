import Foundation
import Packets
import PointClouds
import RangeImages
import Sensors
import Streams
import Synchronization

/// Sweeps as the packets of an HDL-64E, sent one turn after the other at a steady rate.
final class SweepReplay: Sendable {
  /// From firing to firing, in hundredths of a degree: 2250 firings, 375 packets a turn, some more than
  /// the sensor has at ten turns a second.
  private static let step = 16
  private static let packetsPerTurn = 36_000 / (6 * step)
  private static let packetsBehind = 50
  /// Where the time of a packet lies in it, and how many microseconds a packet takes.
  private static let (timePlace, packetTime) = (1200, 288)

  /// The packets of each sweep.
  private let turns: [[[UInt8]]]
  /// What was sent.
  struct Sent {
    /// Packets that the system took.
    var packets = 0
    /// When the last packet of each turn was sent.
    fileprivate(set) var ends: [ContinuousClock.Instant] = []
    /// When the last packet of all was sent.
    fileprivate(set) var end: ContinuousClock.Instant?
  }

  private let record = Mutex(Sent())
  /// Points in one turn of all sweeps.
  let points: Int

  /// Makes packets of clouds that a sensor of 64 beams measured.
  ///
  /// - Throws: what projecting onto the sensor's beams throws.
  init(_ clouds: [PointCloud], sensor: SensorTable) throws {
    let calibration = try VelodyneCalibration(sensor, for: .hdl64ES2)
    let columns = 36_000 / Self.step
    let geometry = ImageGeometry(
      rows: 64, columns: columns, left: 180, right: -180, rowRule: .ring)
    var (turns, points): ([[[UInt8]]], Int) = ([], 0)
    for cloud in clouds {
      let scale = 255 * cloud.intensityScale(for: sensor)
      let image = try Projector.project(cloud, geometry: geometry, sensor: sensor).image
      let encoder = VelodyneEncoder(calibration: calibration, step: Self.step)
      turns.append(
        (0..<Self.packetsPerTurn).map { number in
          let packet = encoder.packet(number: number) { _, ring, azimuth in
            // Azimuths grow clockwise, columns too; the first column is behind.
            let column = Int(((azimuth + 180) / 360 * Double(columns)).rounded(.down))
            let cell = ring * columns + (column % columns + columns) % columns
            guard image.pointIndex[cell] >= 0 else { return nil }
            return VelodyneEcho(
              distance: Double(image.range[cell]),
              intensity: UInt8(max(0, min(255, image.intensity[cell] * scale))))
          }
          points += packet.points.count
          return packet.bytes
        })
    }
    (self.turns, self.points) = (turns, points)
  }

  /// Sends `count` turns, so many in a second, the sweeps one after the other and again.
  func send(_ count: Int, perSecond rate: Double, to sender: UDPSender) {
    let begin = ContinuousClock.now
    // Some packets of one turn more end the last one, beyond what may wait to be put into order.
    for number in 0..<(count * Self.packetsPerTurn + Self.packetsBehind) {
      let (turn, place) = number.quotientAndRemainder(dividingBy: Self.packetsPerTurn)
      let due = begin + .seconds(Double(number) / Double(Self.packetsPerTurn) / rate)
      let early = (due - ContinuousClock.now) / .seconds(1)
      if early > 0.0005 { Thread.sleep(forTimeInterval: early) }
      var packet = turns[turn % turns.count][place]
      let time = UInt32(truncatingIfNeeded: number * Self.packetTime % 3_600_000_000)
      withUnsafeBytes(of: time.littleEndian) {
        packet.replaceSubrange(Self.timePlace..<Self.timePlace + 4, with: $0)
      }
      let isSent = sender.send(packet)
      record.withLock {
        if isSent { $0.packets += 1 }
        if place == Self.packetsPerTurn - 1 { $0.ends.append(.now) }
      }
    }
    record.withLock { $0.end = .now }
  }

  /// What was sent so far.
  var sent: Sent { record.withLock { $0 } }

  /// When the last packet of a turn was sent, if it was.
  func end(ofTurn number: Int) -> ContinuousClock.Instant? {
    record.withLock { $0.ends.indices.contains(number) ? $0.ends[number] : nil }
  }

  /// Whether the last packet was sent longer ago than it takes to arrive.
  var isOver: Bool {
    record.withLock { $0.end.map { ContinuousClock.now - $0 > .milliseconds(500) } ?? false }
  }
}
