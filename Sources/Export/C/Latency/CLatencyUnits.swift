import Execution
import Graphs

/// The computations of several networks as layers of C, each once.
struct CLatencyUnits {
  private let name: String
  /// The layer of each unit by its key; nothing for what needs no code, since its parts are computed where they
  /// belong.
  private(set) var layers: [String: CLayer?] = [:]
  /// Arrays that the layers read.
  private(set) var arrays: [CArrays.Entry] = []
  private(set) var parts: Set<CPart> = []
  private(set) var hasSigmoid = false
  private(set) var arenaByteCount = 0
  /// What all networks take and give; nothing before the first.
  private(set) var members: (inputs: [CText.Member], outputs: [CText.Member])?
  private var networkCount = 0

  init(name: String) {
    self.name = name
  }

  /// Takes in those computations of a network that no other had.
  mutating func add(_ graph: Graph, parameters: ParameterValues) throws {
    var lowering = try CLowering(
      try graph.preparedForInference(), parameters: parameters, name: "\(name)_\(networkCount)")
    try lowering.lower()
    networkCount += 1
    try take(lowering)
    let byNode = Dictionary(lowering.layers.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    var isUsed: Set<String> = []
    for value in lowering.graph.values where lowering.isComputed(value) {
      guard let unit = LatencyUnit(value, of: lowering.graph),
        unit.operation.kind != .channelSlice
      else { continue }
      let layer = byNode[lowering.graph[value].name]
      if let known = layers[unit.key], known != nil || layer == nil { continue }
      layers.updateValue(layer, forKey: unit.key)
      isUsed.formUnion(layer?.words ?? [])
    }
    arrays += lowering.arrays.entries.filter { isUsed.contains($0.name) }
  }

  private mutating func take(_ lowering: CLowering) throws(ExportError) {
    let text = CText(lowering, options: CProgram.Options(name: name))
    if let members {
      let isEqual = zip(
        members.inputs + members.outputs, text.inputs + text.outputs
      ).allSatisfy { $0.name == $1.name && $0.type == $1.type }
      guard isEqual, members.inputs.count == text.inputs.count,
        members.outputs.count == text.outputs.count
      else {
        throw ExportError(
          .mismatched, "the networks take or give different images",
          remedy: "measure networks of one space together")
      }
    }
    members = (text.inputs, text.outputs)
    parts.formUnion(lowering.parts)
    hasSigmoid = hasSigmoid || lowering.hasSigmoid
    arenaByteCount = max(arenaByteCount, lowering.arenaByteCount)
  }
}

extension CLayer {
  /// What could be names in the statements.
  fileprivate var words: Set<String> {
    Set(body.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
  }
}
