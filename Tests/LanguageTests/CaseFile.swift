import Glibc
import LeptonFiles
import LeptonLibrary
import LeptonRuntime
import LeptonSession

/// A file of cases: Lepton with the verdict beside the line.
///
/// Blank lines part the cells, which run one after the other in one session. In a cell the verdicts
/// stand in the order in which its outputs come: `#=> text` for something shown or printed,
/// `#! area/name` for a failure at that very line, and before them
/// `#? area/name` for what the check warns of there. A table is written on one line, its rows parted
/// by bars, with `·` for what is missing: `name size | ant 3 | bee ·`.
struct CaseFile: CustomStringConvertible {
  /// The path below `Cases`.
  let name: String
  private let lines: [String]

  /// What a cell must give.
  enum Verdict: Equatable, CustomStringConvertible {
    case shows(String, line: Int)
    case fails(String, line: Int)

    var description: String {
      switch self {
      case .shows(let text, let line): "line \(line): \(text)"
      case .fails(let code, let line): "line \(line): error \(code)"
      }
    }
  }

  var description: String { name }

  /// The folder of the cases.
  static let folder =
    #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Cases"

  /// All files of cases.
  static let all: [CaseFile] = paths(under: "").sorted().compactMap(CaseFile.init)

  private init?(_ path: String) {
    let broker = FileBroker(folder: Self.folder, readable: [Self.folder])
    guard let text = try? broker.readText(path) else { return nil }
    name = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func paths(under folder: String) -> [String] {
    guard let stream = opendir(Self.folder + "/" + folder) else { return [] }
    defer { closedir(stream) }
    var paths: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let path = folder + name
      if name.hasSuffix(".lep"), !name.hasPrefix("_") { paths.append(path) }
      if !name.contains(".") { paths += self.paths(under: path + "/") }
    }
    return paths
  }

  /// The cells, each with its first line.
  private var cells: [(firstLine: Int, lines: [String])] {
    var cells: [(firstLine: Int, lines: [String])] = []
    var isInside = false
    for (index, line) in lines.enumerated() {
      if line.allSatisfy(\.isWhitespace) {
        isInside = false
      } else if isInside {
        cells[cells.count - 1].lines.append(line)
      } else {
        cells.append((index + 1, [line]))
        isInside = true
      }
    }
    return cells
  }

  /// Runs all cells and gives, for each whose verdicts differ, what was expected and what came.
  func mistakes() -> [String] {
    let files = FileBroker(folder: Self.folder, readable: [Self.folder])
    let session = Interpreter(library: .standard(), files: files)
    return cells.enumerated().compactMap { index, cell in
      let expected = Self.verdicts(of: cell.lines, from: cell.firstLine)
      var given: [Verdict] = []
      let text = cell.lines.joined(separator: "\n")
      let request = Cell(id: "cell-\(index)", file: name, text: text, firstLine: cell.firstLine)
      _ = session.run(request) { event in
        if case .output(let output) = event {
          given.append(Self.verdict(of: output, at: expected.dropFirst(given.count).first))
        }
      }
      return expected == given ? nil : "expected \(expected), got \(given)"
    }
  }

  /// Checks all cells as a notebook, and gives what is found that no verdict expects, and what a
  /// verdict warns of that is not found.
  ///
  /// Cases may do what is odd, but what is called a mistake must be one, and so must what is foreseen.
  func unexpectedFindings() -> [String] {
    let files = FileBroker(folder: Self.folder, readable: [Self.folder])
    let session = Interpreter(library: .standard(), files: files)
    let checks = session.check(
      cells.enumerated().map { index, cell in
        let text = cell.lines.joined(separator: "\n")
        return Cell(id: "cell-\(index)", file: name, text: text, firstLine: cell.firstLine)
      })
    let failures = checks.flatMap(\.findings)
    let unexpected: [String] = failures.compactMap { failure in
      let line = lines[failure.place.line - 1]
      let isMistake =
        failure.severity == .error || checks.contains { $0.foreseen.contains(failure) }
      let isExpected =
        !isMistake || ["#! ", "#? "].contains { line.contains($0 + failure.code) }
      return isExpected ? nil : "\(failure.place.line): \(failure.code): \(failure.message)"
    }
    return missingWarnings(failures) + unexpected
  }

  /// The warnings of verdicts that are not among what was found at their lines.
  private func missingWarnings(_ failures: [Failure]) -> [String] {
    lines.enumerated().compactMap { index, line in
      guard let code = line.text(behind: "#? ")?.split(separator: " ").first else { return nil }
      let isFound = failures.contains { $0.place.line == index + 1 && $0.code == code }
      return isFound ? nil : "\(index + 1): \(code) is not found"
    }
  }

  private static func verdicts(of lines: [String], from first: Int) -> [Verdict] {
    lines.enumerated().compactMap { index, line in
      if let text = line.text(behind: "#=> ") { return .shows(text, line: first + index) }
      if let code = line.text(behind: "#! ") { return .fails(code, line: first + index) }
      return nil
    }
  }

  /// What an output says, at the line of the verdict that it answers.
  private static func verdict(of output: Output, at expected: Verdict?) -> Verdict {
    var line = 0
    if case .shows(_, let place)? = expected { line = place }
    switch output {
    case .text(let text), .notice(let text): return .shows(text, line: line)
    case .elapsed: return .shows("a time", line: line)
    case .value(let value): return .shows(value.text.onOneLine, line: line)
    case .tensor(let tensor): return .shows(tensor.text.onOneLine, line: line)
    case .failure(let failure): return .fails(failure.code, line: failure.place.line)
    case .record(let metric): return .shows("record \(metric.name) = \(metric.value)", line: line)
    case .verdict(let verdict):
      let operands = verdict.operands.map { "\($0.source) = \($0.value)" }.joined(separator: ", ")
      return .shows(verdict.holds ? "holds" : "fails: \(operands)", line: line)
    case .table(let table): return .shows(table.line, line: line)
    case .wish(let wish): return .shows(wish.refusal, line: line)
    case .chart, .heatmap, .diagram, .images: return .shows("\(output)", line: line)
    }
  }
}

extension Table {
  /// The table on one line.
  fileprivate var line: String {
    let cells = rows.map { $0.map(\.text).joined(separator: " ") }
    return ([columns.map(\.name).joined(separator: " ")] + cells).joined(separator: " | ")
  }
}

extension Table.Cell {
  fileprivate var text: String {
    switch self {
    case .missing: "·"
    case .text(let text): text
    case .int(let int): "\(int)"
    case .float(let float): "\(float)"
    case .bool(let bool): "\(bool)"
    }
  }
}

extension String {
  /// What stands behind a mark, if the mark is there.
  fileprivate func text(behind mark: String) -> String? {
    guard let range = firstRange(of: mark) else { return nil }
    return String(self[range.upperBound...]).trimmed
  }
}

extension StringProtocol {
  /// The lines behind each other.
  fileprivate var onOneLine: String {
    split(separator: "\n").map(\.trimmed).joined(separator: " ")
  }

  /// The text without spaces at its ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
