import LeptonSession
import LeptonSyntax

/// Makes front matter of YAML, and says what is wrong with it.
struct FrontMatterReader {
  private let source: FrontMatterText
  private let lines: LineTable
  private let name: String
  private(set) var failures: [Failure] = []

  init(_ source: FrontMatterText, name: String) {
    self.source = source
    self.name = name
    lines = LineTable(source.text)
  }

  /// A key at the top: its name and what it sets; nothing for a key that does not work yet.
  private struct Row {
    var name: String
    var set: ((inout FrontMatterReader, inout FrontMatter, YAMLValue.Member) -> Void)?
  }

  private static var rows: [Row] {
    [
      Row(name: "lepton") { reader, _, member in
        reader.require(member, "1, the version of the format") { $0.int == 1 ? true : nil }
      },
      Row(name: "title") { $1.title = $0.require($2, "a text", \.words) },
      Row(name: "seed") { $1.seed = $0.require($2, "a whole number", \.int) },
      Row(name: "threads") { reader, front, member in
        front.threads = reader.require(member, "a whole number from 1 to 1024") { value in
          value.int.flatMap { (1...1024).contains($0) ? $0 : nil }
        }
      },
      Row(name: "timeout") {
        $1.timeout = $0.require($2, "a length of time, such as 60s", \.seconds)
      },
      Row(name: "total-timeout") {
        $1.totalTimeout = $0.require($2, "a length of time, such as 10m", \.seconds)
      },
      Row(name: "memory") { $1.memoryLimit = $0.require($2, "a size, such as 2GB", \.bytes) },
      Row(name: "output") { $1.outputLimit = $0.require($2, "a size, such as 10MB", \.bytes) },
      Row(name: "on-error") {
        let choices = FailurePolicy.allCases.map(\.rawValue).joined(separator: ", ")
        $1.onError = $0.require($2, "one of \(choices)") {
          $0.words.flatMap(FailurePolicy.init(rawValue:))
        }
      },
      Row(name: "tolerance") { $0.readTolerance($2, into: &$1) },
      Row(name: "params") { $0.readParameters($2, into: &$1) },
      Row(name: "metrics") { $0.readMetrics($2, into: &$1) },
    ] + ["execute", "data"].map { Row(name: $0, set: nil) }
  }

  /// The keys that work, for the reference.
  static var names: [String] { rows.filter { $0.set != nil }.map(\.name) }

  mutating func read() -> FrontMatter {
    var front = FrontMatter()
    front.text = source.text
    guard let members = readMembers() else { return front }
    let rows = Self.rows
    for member in members {
      if let row = rows.first(where: { $0.name == member.key }) {
        guard let set = row.set else {
          report(.laterKey(member.key), at: member.place)
          continue
        }
        set(&self, &front, member)
      } else if let nearest = Spelling.nearest(to: member.key, in: rows.map(\.name)) {
        report(
          .unknownKey(member.key, in: "the front matter", nearest: nearest, isWarning: true),
          at: member.place)
      }
    }
    return front
  }

  private mutating func readMembers() -> [YAMLValue.Member]? {
    guard source.lineCount > 0 else { return nil }
    do {
      let value = try YAMLValue(parsing: source.yaml)
      if case .nothing = value.content { return nil }
      guard case .mapping(let members) = value.content else {
        report(.notMapping("the front matter"), at: value.place)
        return nil
      }
      return members
    } catch {
      report(error.mistake, at: error.place)
      return nil
    }
  }

  private mutating func readTolerance(_ member: YAMLValue.Member, into front: inout FrontMatter) {
    for part in readMapping(member, keys: ["rtol", "atol"], what: "`tolerance`") {
      let number = require(part, "a number that is not negative", \.tolerance)
      if part.key == "rtol" {
        front.tolerance.relative = number
      } else {
        front.tolerance.absolute = number
      }
    }
  }

  private mutating func readMetrics(_ member: YAMLValue.Member, into front: inout FrontMatter) {
    guard case .mapping(let members) = member.value.content else {
      return report(.notMapping("`metrics`"), at: member.place)
    }
    for member in members {
      var bound = MetricBound(name: member.key, line: member.place.line + 1)
      let keys = ["min", "max", "value", "rtol", "atol"]
      for part in readMapping(member, keys: keys, what: "a metric") {
        guard let number = require(part, "a number", \.number) else { continue }
        switch part.key {
        case "min": bound.minimum = number
        case "max": bound.maximum = number
        case "value": bound.value = number
        case "rtol": bound.tolerance.relative = number.magnitude
        default: bound.tolerance.absolute = number.magnitude
        }
      }
      front.metrics.append(bound)
    }
  }

  private mutating func readParameters(_ member: YAMLValue.Member, into front: inout FrontMatter) {
    guard case .mapping(let members) = member.value.content else {
      return report(.notMapping("`params`"), at: member.place)
    }
    for member in members {
      guard Parameter.isName(member.key) else {
        report(.badParameterName(member.key), at: member.place)
        continue
      }
      if case .mapping(let parts) = member.value.content {
        checkKeys(parts, ParameterDeclaration.keys, what: "a parameter")
      }
      do {
        front.parameters.append(try ParameterDeclaration(member).parameter())
      } catch {
        report(.parameter(member.key, error.message), at: error.place ?? member.place)
      }
    }
  }

  private mutating func readMapping(
    _ member: YAMLValue.Member, keys: [String], what: String
  ) -> [YAMLValue.Member] {
    guard case .mapping(let parts) = member.value.content else {
      report(.notMapping(what), at: member.place)
      return []
    }
    checkKeys(parts, keys, what: what)
    return parts.filter { keys.contains($0.key) }
  }

  private mutating func checkKeys(_ parts: [YAMLValue.Member], _ keys: [String], what: String) {
    for part in parts where !keys.contains(part.key) {
      let nearest = Spelling.nearest(to: part.key, in: keys)
      report(.unknownKey(part.key, in: what, nearest: nearest, isWarning: false), at: part.place)
    }
  }

  @discardableResult
  private mutating func require<T>(
    _ member: YAMLValue.Member, _ wanted: String, _ read: (YAMLValue) -> T?
  ) -> T? {
    if let value = read(member.value) { return value }
    report(.keyValue(member.key, wanted: wanted), at: member.place)
    return nil
  }

  /// Reports a mistake at a place of the YAML, which begins on the second line of the file.
  private mutating func report(_ mistake: Mistake, at place: YAMLValue.Place) {
    let text = lines[place.line]
    let column = min(max(1, place.column), text.unicodeScalars.count + 1)
    failures.append(
      mistake.failure(
        at: Failure.Place(file: name, line: place.line + 1, text: text, column: column)))
  }
}

extension YAMLValue {
  /// The whole number it is.
  var int: Int? { if case .int(let number) = content { number } else { nil } }

  /// The number it is.
  var number: Double? {
    switch content {
    case .int(let number): Double(number)
    case .float(let number): number
    default: nil
    }
  }

  /// A number that can be a part of a tolerance.
  var tolerance: Double? { number.flatMap { $0 >= 0 && $0.isFinite ? $0 : nil } }

  /// The text it is, or the scalar as it is written.
  var words: String? {
    if case .text(let text) = content { text } else { spelling }
  }

  /// The size it is.
  var bytes: Int? { words.flatMap { Int.bytes($0) } }

  /// The length of time it is.
  var seconds: Double? { words.flatMap(Double.seconds) }
}
