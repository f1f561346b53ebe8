extension JSON {
  /// Reads a JSON text in UTF-8.
  ///
  /// Strict: no trailing text, no comments, no byte order mark, no name twice in an object, no lone
  /// surrogate, no number beyond the doubles, nothing deeper than `depthLimit`. Numbers without
  /// fraction and exponent that fit are `.int`, all others `.double`.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> JSON in
      var reader = JSONReader(buffer)
      return try reader.document()
    }
  }

  /// Reads a JSON text.
  public init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }
}
