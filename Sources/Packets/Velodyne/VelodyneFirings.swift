/// All that one firing of a sensor's lasers put into a packet.
struct VelodyneFiring: Equatable {
  /// Its blocks, one for each bank and return.
  var blocks: Range<Int>
  /// Hundredths of a degree.
  var azimuth: Int
  /// How far the sensor turns until the next firing, in hundredths of a degree; negative to the left.
  var step: Int
  /// Which firing of the packet it is; those that are damaged count as well.
  var index: Int
}

/// The firings of a packet in their order.
struct VelodyneFirings {
  private(set) var firings: [VelodyneFiring] = []
  /// How many firings a packet of this kind holds.
  private(set) var capacity = 0
  /// How far the sensor turns from firing to firing, in hundredths of a degree.
  private(set) var meanStep = 0.0

  /// No sensor turns so far between two firings; what lies so far apart is not interpolated.
  static let greatestStep = 1000

  /// Reads the firings of a packet; a firing whose first block is damaged is left out.
  mutating func read(_ packet: VelodynePacket, bankCount: Int, isDual: Bool) {
    firings.removeAll(keepingCapacity: true)
    let length = bankCount * (isDual ? 2 : 1)
    // A VLS-128's packet with both returns holds one firing and four empty blocks.
    capacity = VelodynePacket.blockCount / length
    for index in 0..<capacity {
      let blocks = (index * length)..<((index + 1) * length)
      guard packet.bank(ofBlock: blocks.lowerBound) != nil,
        let azimuth = packet.azimuth(ofBlock: blocks.lowerBound)
      else { continue }
      firings.append(VelodyneFiring(blocks: blocks, azimuth: azimuth, step: 0, index: index))
    }
    interpolate()
  }

  private mutating func interpolate() {
    var (sum, count, latest) = (0, 0, 0)
    for index in firings.indices.dropLast() {
      let (this, next) = (firings[index], firings[index + 1])
      let step = Self.turn(from: this.azimuth, to: next.azimuth)
      if next.index == this.index + 1, abs(step) <= Self.greatestStep {
        (sum, count, latest) = (sum + step, count + 1, step)
      }
      firings[index].step = latest
    }
    if let last = firings.indices.last { firings[last].step = latest }
    meanStep = count > 0 ? Double(sum) / Double(count) : 0
  }

  /// The shorter way from one azimuth to another, in -18000..<18000 hundredths of a degree.
  static func turn(from start: Int, to end: Int) -> Int {
    let forward = (end - start + 54_000) % 36_000
    return forward - 18_000
  }
}
