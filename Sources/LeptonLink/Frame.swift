/// One message as bytes: a header with the version and the length, then JSON.
public struct Frame: Sendable, Hashable {
  /// The version of the protocol; both sides are of one build, so there is one.
  public static let version: UInt8 = 1

  /// The JSON text of the message.
  public var payload: [UInt8]
}
