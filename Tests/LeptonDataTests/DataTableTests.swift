import LeptonData
import Testing

/// What is done with tables, held against the slow way to do it.
@Suite struct DataTableTests {
  @Test func `A join gives the pairs of rows that a loop over all pairs gives`() throws {
    for seed in 0..<40 {
      let left = try drawn(seed: seed, rows: 1 + seed % 9)
      let right = try drawn(seed: seed + 100, rows: seed % 7)
      for kind in JoinKind.allCases {
        let pairs = slowJoin(left, right, kind)
        let joined = left.joined(with: right, on: [(0, 0), (1, 1)], kind: kind)
        #expect(joined.rowCount == pairs.count)
        #expect(joined.columns[2].values == left.columns[2].values.gathered(pairs.map(\.0)))
        #expect(joined.columns[3].values == right.columns[2].values.gathered(pairs.map(\.1)))
      }
    }
  }

  @Test func `Groups are those rows that agree, in the order in which they come up`() throws {
    for seed in 0..<20 {
      let table = try drawn(seed: seed, rows: 30)
      let columns = table.columns.prefix(2).map(\.values)
      let grouping = Grouping(by: columns, rowCount: 30)
      for one in 0..<30 {
        for other in 0..<30 {
          let agree = columns.allSatisfy { $0.gathered([one]) == $0.gathered([other]) }
          #expect((grouping.groups[one] == grouping.groups[other]) == agree)
        }
      }
      #expect(grouping.firstRows == grouping.firstRows.sorted())
      #expect(grouping.rows.map { $0[0] } == grouping.firstRows)
    }
  }

  @Test func `Sorting keeps equal rows in order and puts what is missing last`() throws {
    let table = try DataTable([
      .init("a", .integers([2, nil, 1, 2, 1])), .init("b", .texts(["x", "y", "z", "w", nil])),
      .init("c", .numbers([.nan, 2, nil, 1, 2])),
    ])
    #expect(table.sortedPlaces(by: [(0, false)]) == [2, 4, 0, 3, 1])
    #expect(table.sortedPlaces(by: [(0, true)]) == [0, 3, 2, 4, 1])
    #expect(table.sortedPlaces(by: [(0, false), (1, true)]) == [2, 4, 0, 3, 1])
    #expect(table.sortedPlaces(by: [(2, true)]) == [1, 4, 3, 0, 2])
    #expect(table.sortedPlaces(by: []) == [0, 1, 2, 3, 4])
  }

  @Test func `Columns of one kind follow each other, and whole numbers become numbers`() {
    #expect(
      ColumnValues.integers([1, nil]).appending(.numbers([0.5])) == .numbers([1, nil, 0.5]))
    #expect(ColumnValues.texts([nil]).appending(.integers([1])) == .integers([nil, 1]))
    #expect(ColumnValues.texts(["a"]).appending(.integers([1])) == nil)
  }

  @Test func `A summary leaves out what is missing or no number`() {
    let summary = ColumnSummary(.numbers([1, nil, .nan, 4, 2, 1]))
    #expect(summary.count == 4 && summary.missing == 2 && summary.distinct == 3)
    #expect(summary.numbers?.mean == 2)
    #expect(summary.numbers?.quantiles == [1, 1, 1.5, 2.5, 4])
    #expect(ColumnSummary(.texts(["a", nil, "b", "b"])).mostFrequent == "b")
    #expect(ColumnSummary(.numbers([])).numbers == nil)
  }

  @Test func `What is written as comma-separated values is read again`() throws {
    for seed in 0..<30 {
      let table = try drawn(seed: seed, rows: 12)
      #expect(try CSV.table(Array(CSV.text(of: table).utf8)) == table)
    }
    let one = try DataTable([.init("a \"b\"", .texts(["x;y", nil, "two\nlines"]))])
    #expect(try CSV.table(Array(CSV.text(of: one, separator: ";").utf8), separator: ";") == one)
  }

  /// A table of two keys with gaps and a number for each row.
  private func drawn(seed: Int, rows: Int) throws -> DataTable {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    let numbers = (0..<rows).map { _ in draw(5) == 0 ? nil : draw(3) }
    let texts = (0..<rows).map { _ in draw(6) == 0 ? nil : ["p", "q", "r, s"][draw(3)] }
    // One value at least, so that the kind can be told from the text.
    return try DataTable([
      .init("k", .integers(Cells([1] + numbers.dropFirst()).cut(to: rows))),
      .init("s", .texts(Cells(["q"] + texts.dropFirst()).cut(to: rows))),
      .init("row", .integers(Cells((0..<rows).map { $0 }))),
    ])
  }

  private func slowJoin(_ left: DataTable, _ right: DataTable, _ kind: JoinKind) -> [(Int, Int)] {
    func agree(_ one: Int, _ other: Int) -> Bool {
      (0..<2).allSatisfy { column in
        let x = left.columns[column].values.gathered([one])
        return x.missingCount == 0 && x == right.columns[column].values.gathered([other])
      }
    }
    var pairs: [(Int, Int)] = []
    for row in 0..<left.rowCount {
      let matches = (0..<right.rowCount).filter { agree(row, $0) }
      pairs += matches.map { (row, $0) }
      if matches.isEmpty, kind != .inner { pairs.append((row, -1)) }
    }
    if kind == .outer {
      for row in 0..<right.rowCount where !(0..<left.rowCount).contains(where: { agree($0, row) }) {
        pairs.append((-1, row))
      }
    }
    return pairs
  }
}

extension Cells {
  /// The first so many cells.
  fileprivate func cut(to count: Int) -> Cells { Cells(Array(values.prefix(count))) }
}
