public import Packets
import PointClouds
public import Sensors

/// What becomes of sweeps of which packets are missing.
public enum IncompleteSweeps: String, CaseIterable, Codable, Sendable {
  /// They are given out as they are, with their completeness.
  case emit
  /// They are counted and given up.
  case drop
}

/// How packets become sweeps.
public struct PacketOptions: Sendable {
  /// The sensor that measures, where it is known: its angles, and its name.
  public var sensor: SensorTable?
  /// Where the lasers of the very Velodyne point, by its calibration file.
  public var calibration: VelodyneCalibration?
  /// What sensors of Ouster say of themselves, without which their packets cannot be read.
  public var metadata: [OusterMetadata] = []
  /// What becomes of sweeps of which packets are missing.
  public var incomplete = IncompleteSweeps.emit
  /// The one topic of a recording that is read; all that hold points unless given.
  public var topic: String?

  /// Sensors are told from their packets, and every sweep is given out.
  public init() {}
}

/// Makes sweeps of datagrams, and counts what became of them.
struct PacketSweeps {
  private let options: PacketOptions
  private var stream: SweepStream
  private var tables: SensorTables
  private var numbers: [PacketSource: Int] = [:]
  private var incomplete = 0
  private var ready: [StreamSweep] = []
  /// How long decoding took since the last sweep was over.
  private var spent = Duration.zero

  /// - Throws: `.unknownSensor` where the sensor's table is that of no sensor whose packets are read.
  init(_ options: PacketOptions) throws(StreamsError) {
    self.options = options
    var configuration = SweepConfiguration()
    configuration.ousterMetadata = options.metadata
    tables = try SensorTables(options)
    configuration.calibrations = tables.calibrations
    stream = SweepStream(configuration: configuration)
  }

  /// The next sweep that is over, in the order in which they ended.
  mutating func next() -> StreamSweep? { ready.isEmpty ? nil : ready.removeFirst() }

  mutating func receive(_ datagram: Datagram) throws(StreamsError) {
    let start = ContinuousClock.now
    do throws(PacketsError) {
      add(try stream.receive(datagram), since: start)
    } catch {
      throw StreamsError(error)
    }
  }

  /// Says that no more datagrams come.
  mutating func finish() throws(StreamsError) {
    do throws(PacketsError) {
      add(try stream.finish(), since: .now)
    } catch {
      throw StreamsError(error)
    }
  }

  private mutating func add(_ sweeps: [SourcedSweep], since start: ContinuousClock.Instant) {
    defer { spent += ContinuousClock.now - start }
    for sourced in sweeps {
      let sweep = sourced.sweep
      let number = numbers[sourced.source, default: 0]
      numbers[sourced.source] = number + 1
      if !sweep.isComplete {
        incomplete += 1
        if options.incomplete == .drop { continue }
      }
      let cloud = sweep.cloud()
      let decoding = spent + (ContinuousClock.now - start)
      spent = start - ContinuousClock.now
      ready.append(
        StreamSweep(
          cloud: cloud, sensor: tables.table(of: sourced.model),
          source: "\(sourced.source.address):\(sourced.source.sourcePort)", number: number,
          time: sweep.captureTime, completeness: sweep.completeness, arrival: start,
          decoding: decoding / .milliseconds(1)))
    }
  }

  /// What became of the packets so far.
  var report: PacketReport {
    PacketReport(
      sensors: stream.totals.map { PacketReport.Sensor($0.source, $0.totals) },
      incompleteSweeps: incomplete, positionPackets: stream.counts.positionPackets,
      damagedPackets: stream.counts.damaged, otherSizes: stream.counts.otherSizes,
      unknownPackets: stream.counts.ofUnknownModels + stream.counts.ofTooManySources)
  }
}

extension StreamsError {
  init(_ error: PacketsError) {
    let code: Code =
      switch error.code {
      case .uncalibrated: .unknownSensor
      case .unreadable: .unreadable
      default: .damaged
      }
    self.init(
      code, error.message, remedy: error.remedy, path: error.path, offset: error.offset)
  }

  /// Does what reads packets.
  static func ofPackets<Result>(
    _ body: () throws(PacketsError) -> Result
  ) throws(StreamsError) -> Result {
    do throws(PacketsError) {
      return try body()
    } catch {
      throw StreamsError(error)
    }
  }
}
