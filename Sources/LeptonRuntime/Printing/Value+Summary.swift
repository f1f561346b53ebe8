import LeptonSyntax
import LeptonTensor

extension Value {
  /// How long a summary may be.
  private static let summaryLength = 60

  /// What the value is, in a few words on one line: `tensor float32 [3, 4]`, `list of 5`, `0.5`.
  public var summary: String {
    switch self {
    case .nothing, .bool, .int, .float: display
    case .string(let text): Self.shortened(text.prefix(Self.summaryLength + 1).description.quoted)
    case .list(let elements): "list of \(elements.count)"
    case .record(let record): Self.shortened("record of \(record.names.joined(separator: ", "))")
    case .tensor(let tensor): "tensor \(tensor.elementType.rawValue) \(tensor.shape.sizes)"
    case .function(let closure as Closure): Self.summary(of: closure)
    case .function(let function): Self.shortened(function.source)
    case .object(let object): Self.shortened("\(typeName) \(object.display)")
    }
  }

  private static func summary(of closure: Closure) -> String {
    if closure.isLayer { return shortened("layer \(closure.source)") }
    if let description = closure.description, closure.source.hasPrefix("fn ") {
      return shortened(
        description.summary.isEmpty ? "function \(description.heading)" : description.summary)
    }
    return shortened("function \(closure.source)")
  }

  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }
      .joined(separator: " ")
    return line.count > summaryLength ? line.prefix(summaryLength - 1) + "…" : line
  }
}
