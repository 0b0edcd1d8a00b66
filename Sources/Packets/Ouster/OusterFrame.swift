/// Which packets a sensor of Ouster sends of each of its frames.
struct OusterFrame: Equatable, Sendable {
  /// How many columns a whole turn has.
  let columnCount: Int
  let columnsPerPacket: Int
  /// The first and the last column that are sent; where the last is before the first, those between
  /// them are not.
  let window: [Int]
  /// How many of the packets before each are sent, and of all.
  private let sentBefore: [Int]

  /// - Precondition: the window's two columns are of the frame, and a packet holds columns.
  init(columnCount: Int, columnsPerPacket: Int, window: [Int]) {
    precondition(
      columnsPerPacket > 0 && window.count == 2
        && window.allSatisfy { (0..<columnCount).contains($0) },
      "a window \(window) of \(columnCount) columns, \(columnsPerPacket) in a packet")
    (self.columnCount, self.columnsPerPacket, self.window) = (columnCount, columnsPerPacket, window)
    let count = (columnCount + columnsPerPacket - 1) / columnsPerPacket
    let (first, last) = (window[0] / columnsPerPacket, window[1] / columnsPerPacket)
    let isWhole = window[0] <= window[1]
    var sums = [0]
    for number in 0..<count {
      let isSent =
        isWhole ? first <= number && number <= last : first <= number || number <= last
      sums.append((sums.last ?? 0) + (isSent ? 1 : 0))
    }
    sentBefore = sums
  }

  /// How many packets a whole turn would have.
  var packetCount: Int { sentBefore.count - 1 }

  /// How many packets are sent.
  var sentCount: Int { sentBefore[packetCount] }

  /// How many packets are sent before packet `number` of a frame.
  func sent(before number: Int) -> Int { sentBefore[number] }

  /// How many packets are sent before packet `number` of a frame and with it.
  func sent(through number: Int) -> Int { sentBefore[number + 1] }

  /// How many packets are sent after packet `number` of a frame.
  func sent(after number: Int) -> Int { sentCount - sentBefore[number + 1] }

  /// Whether a column is to be sent.
  func isSent(column: Int) -> Bool {
    window[0] <= window[1]
      ? window[0] <= column && column <= window[1] : window[0] <= column || column <= window[1]
  }
}
