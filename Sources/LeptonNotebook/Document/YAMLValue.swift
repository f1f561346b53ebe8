import Yams

/// A value of the front matter with the place at which it stands.
///
/// Yams reads the syntax; what a plain word means is decided here, as YAML 1.2 has it: `no` is a
/// text, `1e-6` is a number.
package struct YAMLValue: Sendable {
  /// What it is.
  package indirect enum Content: Sendable {
    case nothing
    case bool(Bool)
    case int(Int)
    case float(Double)
    case text(String)
    case list([YAMLValue])
    case mapping([Member])
  }

  /// A key and what stands under it.
  package struct Member: Sendable {
    /// The key.
    package var key: String
    /// The line and the column of the key, from 1.
    package var place: Place
    /// What stands under it.
    package var value: YAMLValue
  }

  /// A place in the YAML text, from 1.
  package struct Place: Sendable, Hashable {
    package var line: Int
    package var column: Int
  }

  /// How deep lists and mappings may stand in each other.
  static let depthLimit = 16
  /// How many bytes a text may have.
  package static let sizeLimit = 64 << 10

  /// What it is.
  package var content: Content
  /// Where it begins.
  package var place: Place
  /// A plain scalar as it is written.
  package var spelling: String?

  /// Reads a text; an empty one is nothing.
  package init(parsing text: String) throws(YAMLProblem) {
    guard text.utf8.count <= Self.sizeLimit else {
      throw YAMLProblem(.frontMatterSize(Self.sizeLimit))
    }
    guard !Self.mayBeTooDeep(text) else { throw YAMLProblem(.frontMatterDepth) }
    do {
      guard let node = try Yams.compose(yaml: text) else {
        self.init(content: .nothing, place: Place(line: 1, column: 1))
        return
      }
      self = try YAMLValue(node, depth: 0)
    } catch let problem as YAMLProblem {
      throw problem
    } catch {
      throw YAMLProblem(error)
    }
  }

  private init(content: Content, place: Place, spelling: String? = nil) {
    self.content = content
    self.place = place
    self.spelling = spelling
  }

  private init(_ node: Node, depth: Int) throws(YAMLProblem) {
    let place = Place(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    guard depth < Self.depthLimit else { throw YAMLProblem(.frontMatterDepth, place) }
    switch node {
    case .scalar(let scalar):
      self.init(content: Self.content(of: scalar), place: place, spelling: scalar.string)
    case .sequence(let sequence):
      var values: [YAMLValue] = []
      for element in sequence { values.append(try YAMLValue(element, depth: depth + 1)) }
      self.init(content: .list(values), place: place)
    case .mapping(let mapping):
      var members: [Member] = []
      for (key, value) in mapping {
        let keyPlace = Place(line: key.mark?.line ?? 1, column: key.mark?.column ?? 1)
        guard case .scalar(let name) = key else {
          throw YAMLProblem(.yaml("a key must be a word"), keyPlace)
        }
        members.append(
          Member(key: name.string, place: keyPlace, value: try YAMLValue(value, depth: depth + 1)))
      }
      self.init(content: .mapping(members), place: place)
    case .alias:
      throw YAMLProblem(.yaml("aliases are not supported"), place)
    }
  }

  private static func content(of scalar: Node.Scalar) -> Content {
    guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
    switch scalar.string {
    case "", "~", "null": return .nothing
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: return number(scalar.string) ?? .text(scalar.string)
    }
  }

  private static func number(_ text: String) -> Content? {
    if let number = Int(text) { return .int(number) }
    let words: [String: Double] = [".inf": .infinity, "-.inf": -.infinity, ".nan": .nan]
    if let number = words[text] { return .float(number) }
    let signs = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard let first = signs.first, first == UInt8(ascii: ".") || (48...57).contains(first) else {
      return nil
    }
    return Double(text).map { .float($0) }
  }

  /// Whether brackets or hyphens could nest so deeply that reading them would exhaust the stack.
  private static func mayBeTooDeep(_ text: String) -> Bool {
    var brackets = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
      default: continue
      }
      if brackets > 100 { return true }
    }
    return text.split(separator: "\n").contains { line in
      line.split(separator: " ").prefix { $0 == "-" || $0 == "?" || $0 == ":" }.count > 100
    }
  }
}

/// Why a text is no YAML that a notebook can use.
package struct YAMLProblem: Error {
  /// What to say.
  package var mistake: Mistake
  /// Where it is, in lines of the YAML.
  package var place: YAMLValue.Place

  init(_ mistake: Mistake, _ place: YAMLValue.Place = YAMLValue.Place(line: 1, column: 1)) {
    self.mistake = mistake
    self.place = place
  }

  init(_ error: any Error) {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _),
      YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      self.init(.yaml(problem), YAMLValue.Place(line: mark.line, column: mark.column))
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      let names = keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
      self.init(
        .yaml("\(names) stands in it twice"),
        YAMLValue.Place(line: context.mark.line, column: context.mark.column))
    default: self.init(.yaml("it cannot be read"))
    }
  }
}
