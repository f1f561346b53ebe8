/// A value that is written with other values in it and has an identity of its own, such as a layer:
/// where it stands twice in a value, that is one thing and not two that look alike.
public protocol Composite: AnyObject {
  /// The values that are written in it.
  var parts: [Value] { get }
  /// What it is called where it must be named, or nothing if two that look alike are the same.
  var sharedName: String? { get }
  /// The Lepton that makes it, with its parts written as `write` says.
  func source(_ write: (Value) -> String) -> String
}

extension Composition: Composite {
  /// The stages.
  public var parts: [Value] { stages }
  /// A composition is no more than its stages.
  public var sharedName: String? { nil }

  /// The stages with `>>` between them.
  public func source(_ write: (Value) -> String) -> String {
    stages.map { stage in
      let source = write(stage)
      return source.contains("->") ? "(\(source))" : source
    }.joined(separator: " >> ")
  }
}

extension Closure: Composite {
  /// What the function that made a layer was given.
  public var parts: [Value] { origin?.arguments.map(\.value) ?? [] }
  /// The function that made a layer.
  public var sharedName: String? { isLayer ? origin?.name ?? "layer" : nil }

  /// The text of the function as it was written; for a layer the call that made it, without what it
  /// would be given anyway.
  public func source(_ write: (Value) -> String) -> String {
    guard let origin, let maker = origin.maker else { return prototype.text }
    var isNamed = false
    let arguments = origin.arguments.compactMap { argument -> String? in
      let text = write(argument.value)
      if argument.isDefault(text) {
        isNamed = true
        return nil
      }
      return isNamed ? "\(argument.name)=\(text)" : text
    }
    return "\(maker)(\(arguments.joined(separator: ", ")))"
  }
}

extension LayerOrigin.Argument {
  /// Whether the text of its value says what the default says: `1e-05` is `1e-5`.
  fileprivate func isDefault(_ text: String) -> Bool {
    guard let defaultText, text != defaultText else { return defaultText != nil }
    return Double(text).map { $0 == Double(defaultText) } ?? false
  }
}
