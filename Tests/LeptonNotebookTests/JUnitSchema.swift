import Foundation
import FoundationXML

/// The schema `junit-10.xsd` against which pytest tests its own reports: a copy of
/// `testing/example_scripts/junit-10.xsd` of pytest 9, whose licence (MIT) stands in it.
///
/// Read is what that file makes use of: elements with their children, attributes and text.
struct JUnitSchema {
  /// What an element may have.
  fileprivate struct Rule {
    var children: Set<String> = []
    /// The type of each attribute.
    var attributes: [String: String] = [:]
    var required: Set<String> = []
    var hasText = false
  }
  fileprivate var rules: [String: Rule] = [:]
  /// What a text of a type must match as a whole.
  fileprivate var patterns: [String: String] = [:]

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Files/junit-10.xsd")
    let reader = SchemaReader()
    try reader.read(Data(contentsOf: file))
    self = reader.schema
  }

  fileprivate init(empty: Void) {}

  /// What is wrong with a document.
  func violations(of document: String) throws -> [String] {
    let reader = DocumentReader(self)
    try reader.read(Data(document.utf8))
    return reader.violations
  }
}

/// Goes through a document and knows in what it is.
private class ElementReader: NSObject, XMLParserDelegate {
  final var open: [String] = []

  func read(_ data: Data) throws {
    let parser = XMLParser(data: data)
    parser.delegate = self
    if !parser.parse() { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func begin(_ name: String, _ attributes: [String: String]) {}
  func take(_ text: String) {}

  final func parser(_ parser: XMLParser, foundCharacters text: String) { take(text) }

  final func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    begin(name, attributes)
    open.append(name)
  }

  final func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }
}

private final class SchemaReader: ElementReader {
  var schema = JUnitSchema(empty: ())
  /// The element, and the type, that is declared where the reader is.
  private var element = ""
  private var type = ""

  override func begin(_ name: String, _ attributes: [String: String]) {
    let declared = attributes["name"] ?? ""
    switch name {
    case "xs:element" where open == ["xs:schema"]:
      element = declared
      schema.rules[declared, default: .init()].hasText = attributes["type"] == "xs:string"
    case "xs:complexType" where open == ["xs:schema"]: element = "type " + declared
    case "xs:simpleType": type = declared
    case "xs:complexType" where attributes["mixed"] == "true": schema.rules[element]?.hasText = true
    case "xs:element": schema.rules[element]?.children.insert(attributes["ref"] ?? declared)
    case "xs:attribute":
      schema.rules[element]?.attributes[declared] = attributes["type"]
      if attributes["use"] == "required" { schema.rules[element]?.required.insert(declared) }
    case "xs:pattern": schema.patterns[type] = attributes["value"]
    default: break
    }
  }
}

private final class DocumentReader: ElementReader {
  private let schema: JUnitSchema
  var violations: [String] = []

  init(_ schema: JUnitSchema) { self.schema = schema }

  override func begin(_ name: String, _ attributes: [String: String]) {
    if let parent = open.last, schema.rules[parent]?.children.contains(name) != true {
      violations.append("<\(name)> may not stand in <\(parent)>")
    }
    guard let rule = schema.rules[name] else {
      violations.append("<\(name)> is not known")
      return
    }
    for missing in rule.required.subtracting(attributes.keys) {
      violations.append("<\(name)> has no \(missing)")
    }
    for (key, value) in attributes {
      guard let type = rule.attributes[key] else {
        violations.append("<\(name)> may not have \(key)")
        continue
      }
      guard let pattern = schema.patterns[type] else { continue }
      if value.range(of: "^(\(pattern))$", options: .regularExpression) == nil {
        violations.append("\(key)=\"\(value)\" of <\(name)> is no \(type)")
      }
    }
  }

  override func take(_ text: String) {
    let isBlank = text.allSatisfy(\.isWhitespace)
    guard !isBlank, let name = open.last, schema.rules[name]?.hasText != true else { return }
    violations.append("<\(name)> may not have a text")
  }
}
