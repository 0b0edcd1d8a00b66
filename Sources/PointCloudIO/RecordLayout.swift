import PCLBridge

/// The fields of a record, one after the other without gaps.
struct RecordLayout: Equatable {
  struct Field: Equatable {
    var name: String
    var element: PCLElement
    /// How many values the field has.
    var count = 1

    var size: Int { count * element.size }
  }

  var fields: [Field]

  /// Bytes of a record.
  var step: Int { fields.reduce(0) { $0 + $1.size } }

  /// The type of every value of a record.
  var elements: [PCLElement] { fields.flatMap { Array(repeating: $0.element, count: $0.count) } }

  /// More values than any scanner gives a point; a header that claims more is not believed.
  static let mostValues = 1024

  /// Where the fields lie.
  var pclFields: [PCLField] {
    var offset = 0
    return fields.map { field in
      defer { offset += field.size }
      return PCLField(element: field.element, count: field.count, offset: offset)
    }
  }

  /// The same layout under names that mean nothing to PCL, which treats some names specially.
  var anonymous: RecordLayout {
    var layout = self
    for index in fields.indices { layout.fields[index].name = "f\(index)" }
    return layout
  }
}
