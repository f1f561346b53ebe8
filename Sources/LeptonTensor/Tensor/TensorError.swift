/// What went wrong with tensors, in the field's terms.
public struct TensorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of the mistake as `area/name`, for example `shape/inner`.
  public let code: String
  /// One sentence saying what is wrong.
  public let message: String
  /// What to do about it.
  public let help: [String]

  /// Makes an error.
  public init(_ code: String, _ message: String, help: [String] = []) {
    self.code = code
    self.message = message
    self.help = help
  }

  /// Code and message.
  public var description: String { "\(code): \(message)" }
}
