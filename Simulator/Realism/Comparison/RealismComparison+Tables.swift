import Foundation
import Pictures

/// A table of the comparison, for text and for pages.
struct ComparisonTable {
  var title: String
  /// Rows of equally many cells, the head first.
  var rows: [[String]]
}

extension RealismComparison {
  /// Everything that is told in tables.
  var tables: [ComparisonTable] {
    [distanceTable, dropTable, zeroTable, carTable, carBandTable, objectTable]
  }

  var distanceTable: ComparisonTable {
    func row(_ title: String, _ name: String?, _ read: (RealismDistances) -> Double?) -> [String] {
      let gate = gates.first { $0.name == name }
      let verdict = gate.map { $0.isMet.map { $0 ? "met" : "MISSED" } ?? "unknown" }
      return [title, number(read(distances))]
        + (rendered.map { [number(read($0.distances))] } ?? [])
        + [
          number(halfDistances.flatMap(read)), gate.map { "<= \($0.limit)" } ?? "", verdict ?? "",
        ]
    }
    func place(_ byRow: RealismDistances.ByRow?) -> String { byRow.map { "row \($0.row)" } ?? "-" }
    let rows = [
      ["distance", "SIM to REAL"] + (rendered == nil ? [] : ["RENDERED to REAL"])
        + ["halves of REAL", "limit", ""],
      row("range steps along rows, bits", "rangeSteps") { $0.rangeSteps },
      row("intensity, bits", "intensities") { $0.intensities },
      row("runs of holes, bits", "holeRuns") { $0.holeRuns },
      row("runs of intensity 0, bits", "zeroRuns") { $0.zeroRuns },
      row("validity, \(place(distances.validity))", "validity.largest") { $0.validity?.largest },
      row("validity, mean of rows", nil) { $0.validity?.mean },
      row("ranges, \(place(distances.ranges)), bits", nil) { $0.ranges?.largest },
      row("ranges, mean of rows, bits", nil) { $0.ranges?.mean },
      row("mean intensity, \(place(distances.rowIntensity))", nil) { $0.rowIntensity?.largest },
      row("mean intensity, mean of rows", nil) { $0.rowIntensity?.mean },
      row("holes inside cars", "carHoles") { $0.carHoles },
      row("holes right of holes inside cars", "carHolesRightOfHoles") { $0.carHolesRightOfHoles },
      row("car cells of intensity 0", nil) { $0.carZeros },
      row("the same right of one", nil) { $0.carZerosRightOfZeros },
      row("mean intensity of car cells", nil) { $0.carIntensity },
    ]
    return ComparisonTable(title: "Distances", rows: rows)
  }

  private var dropTable: ComparisonTable {
    table(
      "All cells",
      [
        ("returns of intensity 0", { $0.drops.zero }),
        ("the same right of one", { $0.drops.zeroRightOfZero }),
        ("the same below one", { $0.drops.zeroBelowZero }),
        ("cells without a return", { $0.drops.hole }),
        ("the same right of one", { $0.drops.holeRightOfHole }),
        ("single cells without a return", { $0.drops.isolatedHole }),
      ])
  }

  private var zeroTable: ComparisonTable {
    table(
      "Returns of intensity 0 by range",
      RangeBand.ofCells.enumerated().map { index, band in
        (band.text, { $0.drops.zeroBands[index].share })
      })
  }

  private var carTable: ComparisonTable {
    table(
      "Inside cars",
      [
        ("cells", { Double($0.cars.cells) }), ("holes", { $0.cars.hole }),
        ("holes right of holes", { $0.cars.holeRightOfHole }),
        ("intensity 0", { $0.cars.zero }),
        ("intensity 0 right of such", { $0.cars.zeroRightOfZero }),
        ("mean intensity", { $0.cars.intensity }),
      ])
  }

  private func table(
    _ title: String, _ rows: [(title: String, read: (SetSummary) -> Double?)]
  ) -> ComparisonTable {
    ComparisonTable(
      title: title,
      rows: [
        ["", "SIM"] + sets.dropFirst().map { _ in "RENDERED" } + ["REAL"]
          + halves.indices.map { "half \($0 + 1)" }
      ]
        + rows.map { row in
          [row.title] + (sets + [real] + halves).map { number(row.read($0)) }
        })
  }

  /// The simulated set, and the same as it was rendered.
  private var sets: [SetSummary] { [simulated] + (rendered.map { [$0.summary] } ?? []) }

  /// SIM and REAL side by side for each band.
  private var carBandTable: ComparisonTable {
    func cells(_ read: (SetSummary.Interior) -> Double?, _ band: Int) -> [String] {
      [simulated, real].map { number(read($0.carBands[band])) }
    }
    let columns: [(title: String, read: (SetSummary.Interior) -> Double?)] = [
      ("cells", { Double($0.cells) }), ("holes", \.hole), ("after hole", \.holeRightOfHole),
      ("zero", \.zero), ("after zero", \.zeroRightOfZero), ("intensity", \.intensity),
    ]
    var rows = [["SIM, REAL"] + columns.flatMap { [$0.title, ""] }]
    for (index, band) in RangeBand.ofObjects.enumerated() {
      rows.append([band.text] + columns.flatMap { cells($0.read, index) })
    }
    return ComparisonTable(title: "Inside cars by range", rows: rows)
  }

  /// Cells of an object, and how many there are of them.
  private var objectTable: ComparisonTable {
    var rows = [["cells of an object", "SIM", "median", "typical", "REAL", "median", "typical"]]
    for kind in ObjectKind.allCases.map(\.rawValue) {
      let sets = [simulated, real].compactMap { $0.objects[kind] }
      rows.append(["\(kind), per scan"] + sets.flatMap { [number($0.perScan), "", ""] })
      for index in RangeBand.ofObjects.indices {
        let bands = sets.map { $0.bands[index] }
        guard bands.contains(where: { $0.count > 0 }) else { continue }
        rows.append(
          ["\(kind), \(RangeBand.ofObjects[index].text)"]
            + bands.flatMap {
              ["\($0.count)", number($0.medianCells), $0.typicalCells.map { "\($0)" } ?? "-"]
            })
      }
    }
    return ComparisonTable(title: "Objects", rows: rows)
  }

  /// Four decimals for what is at most 1, and a dash for what cannot be told.
  private func number(_ value: Double?) -> String {
    guard let value else { return "-" }
    if value == value.rounded(), abs(value) > 1 { return String(format: "%.0f", value) }
    return String(format: abs(value) > 1 ? "%.1f" : "%.4f", value)
  }
}

extension RealismComparison {
  /// The comparison as plain text.
  public func text() -> String {
    func size(_ set: SetSummary) -> String { "\(set.scans) scans, \(set.labelledScans) labelled" }
    let sets = "SIM: \(size(simulated)); REAL: \(size(real))"
    let sections = tables.map { table in
      ([table.title] + TextTable(rows: table.rows).lines).joined(separator: "\n")
    }
    return ([sets] + sections).joined(separator: "\n\n")
  }
}
