/// Rows of words in aligned columns.
package struct TextTable {
  /// The rows, the head first.
  package var rows: [[String]]

  /// A table of the given rows, the head first.
  package init(rows: [[String]]) {
    self.rows = rows
  }

  /// The first column to the left, the others to the right.
  package var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + blanks : blanks + cell
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
