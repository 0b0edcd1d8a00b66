/// A quantity along a line: given at some places, straight between them, level beyond them.
struct Profile: Sendable {
  private let places: [Float]
  private let values: [Float]

  /// A profile through pairs of a place and a value, in any order.
  init(_ knots: [(Float, Float)]) {
    let sorted = knots.sorted { $0.0 < $1.0 }
    places = sorted.map(\.0)
    values = sorted.map(\.1)
  }

  /// The value at a place.
  func callAsFunction(_ place: Float) -> Float {
    guard let next = places.firstIndex(where: { $0 >= place }) else {
      return values[values.count - 1]
    }
    guard next > 0 else { return values[0] }
    let share = (place - places[next - 1]) / (places[next] - places[next - 1])
    return values[next - 1] + share * (values[next] - values[next - 1])
  }
}
